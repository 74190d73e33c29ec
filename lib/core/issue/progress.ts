/** What a long operation tells of itself while it runs; printing is up to the caller. */
export interface ProgressEvent {
  /** What is being done, for example `creating topics`. */
  readonly step: string;
  /** How far it is, where that is known. */
  readonly done?: number;
  readonly total?: number;
  /** A word on where it stands, for example the node it waits for. */
  readonly detail?: string;
}

export type Progress = (event: ProgressEvent) => void;
