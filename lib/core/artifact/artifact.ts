/** One file that rendering gives; a shell writes it. */
export interface FileArtifact {
  /** Relative, with forward slashes, without `..`. */
  readonly path: string;
  /** Text with `\n` line ends, the last one included. */
  readonly content: string;
  /** Whether it may be run. */
  readonly executable?: boolean;
}
