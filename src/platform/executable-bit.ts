/** Whether files have an executable bit here; on Windows a mode read back says nothing about what was written. */
export function keepsExecutableBit(): boolean {
  return process.platform !== 'win32';
}
