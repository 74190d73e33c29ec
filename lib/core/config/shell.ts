/** A word that a POSIX shell reads as exactly this text. */
export function shellQuote(text: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A line of a file that shells read with `.` and most programs as an environment file. */
export function shellAssignment(name: string, value: string): string {
  return `${name}=${shellQuote(value)}\n`;
}
