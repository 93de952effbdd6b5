/**
 * Stops this process and all of its group until the shell lets them go on, as the terminal itself does at Ctrl+Z.
 * Without a shell that controls jobs nothing happens.
 */
export function suspendJob(): void {
  if (process.platform !== 'win32') process.kill(0, 'SIGTSTP');
}
