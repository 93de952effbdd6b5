import type { Repository } from '../repository/repository.ts';

/** A process line of a Procfile. */
export interface ProcessLine {
  readonly text: string;
  readonly label: string;
  readonly line: number;
}

/** The processes of a Procfile, comments left out. Source: Heroku's description of the format. */
export function processLines(repository: Repository, file: string): readonly ProcessLine[] {
  const lines = repository.text(file)?.split('\n') ?? [];
  return lines.flatMap((text, index) => {
    const match = /^\s*([\w.-]+):\s*(.+?)\s*$/.exec(text);
    if (match === null) return [];
    const [, label = '', command = ''] = match;
    return label === 'release' ? [] : [{ label, text: command, line: index + 1 }];
  });
}
