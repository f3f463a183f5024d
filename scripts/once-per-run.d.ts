/**
 * Builds something that all test files of one run share, in a folder that is deleted when the run ends. The first to ask
 * builds it, the others wait. Returns what `build` returned. Another `version` is built anew.
 */
export declare function oncePerRun(
  name: string,
  version: string,
  build: (folder: string) => Promise<string>,
): Promise<string>
/** The process whose end is the end of the test run. */
export declare const testRunPid: number
/** Deletes a folder, which no later run uses, when this run has ended. */
export declare function deleteAfterRun(folder: string): void
