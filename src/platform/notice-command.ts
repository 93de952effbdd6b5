import type { ResolvedCommand } from './resolved-command.ts';

export interface DesktopNotice {
  readonly title: string;
  readonly text: string;
}

/**
 * What shows a notice on the user's desktop: the system's own tool (`notify-send`, AppleScript, a Windows message).
 * Pure: the texts travel as arguments, never as a part of a script.
 */
export function noticeCommand({ title, text }: DesktopNotice, platform: string = process.platform): ResolvedCommand {
  if (platform === 'darwin') {
    const script = 'on run argv\ndisplay notification (item 2 of argv) with title (item 1 of argv)\nend run';
    return { kind: 'direct', file: 'osascript', args: ['-e', script, title, text] };
  }
  if (platform === 'win32') return { kind: 'direct', file: 'msg.exe', args: ['*', '/TIME:10', `${title}: ${text}`] };
  return { kind: 'direct', file: 'notify-send', args: ['--app-name=devgen', title, text] };
}
