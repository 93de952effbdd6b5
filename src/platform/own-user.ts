/** Effective user of this process; -1 on Windows, where users have no numbers. */
export function ownUserId(): number {
  return process.geteuid?.() ?? -1;
}
