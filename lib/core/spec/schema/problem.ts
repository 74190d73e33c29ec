/** What a schema has to say of a bad value; it travels through zod as the text of its message. */
export interface Problem {
  readonly code: string;
  /** What is wrong, without the value. */
  readonly what: string;
  readonly allowed: string;
  readonly hint: string;
}

const MARK = '\u0001';

export function problemText({ code, what, allowed, hint }: Problem): string {
  return [MARK + code, what, allowed, hint].join(MARK);
}

/** The problem that {@link problemText} wrote, or undefined where the message is one of zod's own. */
export function readProblem(text: string): Problem | undefined {
  if (!text.startsWith(MARK)) return undefined;
  const [code, what, allowed, hint] = text.slice(1).split(MARK) as [string, string, string, string];
  return { code, what, allowed, hint };
}
