/** What GitHub refuses by size, with its numbers; a test may set smaller ones. */
export interface Limits {
  /** Files a pull request lists at most (D1). */
  readonly pullFiles: number;
  /** Files a comparison lists at most, without saying that it cut (D4). */
  readonly compareFiles: number;
  readonly compareCommits: number;
  /** Patch lines of one answer; the files after them come with zero counts and no patch (D3). */
  readonly patchLinesPerAnswer: number;
  /** A file whose patch is larger comes with its counts and no patch (D2). */
  readonly patchLinesPerFile: number;
  readonly patchBytesPerFile: number;
  /** GraphQL cuts `Blob.text` here and says so by `isTruncated` (D6). */
  readonly graphqlTextBytes: number;
  readonly contentsBytes: number;
  readonly bodyCharacters: number;
  readonly graphqlNodes: number;
  /** Requests an hour of an installation (W5). */
  readonly requestsPerHour: number;
  /** Points a minute: a read is 1, a write 5 (W6). */
  readonly pointsPerMinute: number;
  readonly contentPerMinute: number;
  readonly contentPerHour: number;
  readonly concurrentRequests: number;
}

export const githubLimits: Limits = {
  pullFiles: 3000,
  compareFiles: 300,
  compareCommits: 250,
  patchLinesPerAnswer: 20_000,
  patchLinesPerFile: 20_000,
  patchBytesPerFile: 500_000,
  graphqlTextBytes: 512_000,
  contentsBytes: 1_048_576,
  bodyCharacters: 65_536,
  graphqlNodes: 500_000,
  requestsPerHour: 5000,
  pointsPerMinute: 900,
  contentPerMinute: 80,
  contentPerHour: 500,
  concurrentRequests: 100,
};
