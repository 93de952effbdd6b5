import { spawn } from 'node:child_process';

export interface DesktopNotice {
  readonly title: string;
  readonly text: string;
}

/**
 * Shows a notice on the user's desktop with the system's own tool (`notify-send`, AppleScript, a Windows message).
 * Without such a tool, or without a desktop, nothing happens: no caller waits for it.
 */
export function notifyDesktop(notice: DesktopNotice): void {
  const [file, args] = noticeCommand(process.platform, notice);
  const child = spawn(file, args, { stdio: 'ignore', detached: true, windowsHide: true });
  child.on('error', () => undefined);
  child.unref();
}

/** Pure: the texts travel as arguments, never as a part of a script. */
export function noticeCommand(platform: string, { title, text }: DesktopNotice): [file: string, args: string[]] {
  if (platform === 'darwin') {
    const script = 'on run argv\ndisplay notification (item 2 of argv) with title (item 1 of argv)\nend run';
    return ['osascript', ['-e', script, title, text]];
  }
  if (platform === 'win32') return ['msg.exe', ['*', '/TIME:10', `${title}: ${text}`]];
  return ['notify-send', ['--app-name=devgen', title, text]];
}
