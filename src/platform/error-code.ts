/** The system's code of a thrown value (`ENOENT`, `EACCES`); `undefined` when it carries none. */
export function errorCode(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

/** Rethrows what was thrown unless its code is one of the expected ones. */
export function expectCodes(thrown: unknown, codes: readonly string[]): void {
  const code = errorCode(thrown);
  if (code === undefined || !codes.includes(code)) throw thrown;
}
