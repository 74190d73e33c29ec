/** The options of a login module: `Module required username="a" password="b";`. Undefined where it is none. */
export function parseJaas(
  text: string,
): { readonly module: string; readonly options: ReadonlyMap<string, string> } | undefined {
  const [, module, rest] = /^\s*([\w.$]+)\s+(?:required|requisite|sufficient|optional)\b(.*);\s*$/s.exec(text) ?? [];
  if (module === undefined) return undefined;
  const options = new Map<string, string>();
  const entry = /\s*([\w.-]+|"(?:[^"\\]|\\.)*")\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;]+)/gy;
  for (let match = entry.exec(rest!); match !== null; match = entry.exec(rest!))
    options.set(unquote(match[1]!), unquote(match[2]!));
  return { module, options };
}

function unquote(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text;
}
