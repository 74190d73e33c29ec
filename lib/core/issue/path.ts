/** The keys that lead from the top of an environment to a value; list positions are numbers. */
export type Path = readonly (string | number)[];

const PLAIN = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** `topics.orders.partitions`, `topics["shop.orders"]`, `racks[0]`: a key that is not a plain word is quoted. */
export function formatPath(path: Path): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (PLAIN.test(segment)) text += text === '' ? segment : `.${segment}`;
    else text += `[${JSON.stringify(segment)}]`;
  }
  return text;
}

/** The reverse of {@link formatPath}; undefined where the text is not a path. */
export function parsePath(text: string): Path | undefined {
  const segments: (string | number)[] = [];
  const token = /\.?([A-Za-z_][A-Za-z0-9_-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;
  let index = 0;
  while (index < text.length) {
    token.lastIndex = index;
    const match = token.exec(text);
    if (match === null) return undefined;
    if (match[1] !== undefined) {
      if (match[0].startsWith('.') === (index === 0)) return undefined;
      segments.push(match[1]);
    } else if (match[2] !== undefined) segments.push(Number(match[2]));
    else {
      try {
        segments.push(JSON.parse(match[3] as string) as string);
      } catch {
        return undefined;
      }
    }
    index = token.lastIndex;
  }
  return segments;
}
