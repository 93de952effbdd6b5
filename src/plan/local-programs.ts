import { delimiter, join } from 'node:path';

export interface ProgramPlace {
  /** The project's, absolute. */
  readonly root: string;
  /** Where the command runs, relative to the root. */
  readonly cwd: string;
}

type Variables = Readonly<Record<string, string>>;

/** Where virtual environments keep their programs: Python has it so. */
const SCRIPTS = delimiter === ';' ? 'Scripts' : 'bin';
const FOLDERS = [join('node_modules', '.bin'), join('.venv', SCRIPTS), join('venv', SCRIPTS)];

/**
 * The variables with the programs that the project's packages and virtual environments bring at the front of `PATH`,
 * those nearest to `cwd` first, as npm has it in its scripts. Done twice it is the same as done once. Without a `PATH`
 * nothing changes: the system's own default goes on to count. Pure.
 */
export function withLocalPrograms(variables: Variables, place: ProgramPlace): Variables {
  const own = programFolders(place);
  return withPath(variables, (others) => [...own, ...others.filter((folder) => !own.includes(folder))]);
}

/** The variables as they were before `withLocalPrograms`. Pure. */
export function withoutLocalPrograms(variables: Variables, place: ProgramPlace): Variables {
  const own = programFolders(place);
  return withPath(variables, (folders) => folders.filter((folder) => !own.includes(folder)));
}

function withPath(variables: Variables, change: (folders: readonly string[]) => readonly string[]): Variables {
  // Windows calls it `Path`.
  const name = Object.keys(variables).find((each) => each.toUpperCase() === 'PATH');
  const path = name === undefined ? '' : (variables[name] ?? '');
  if (name === undefined || path === '') return variables;
  return { ...variables, [name]: change(path.split(delimiter)).join(delimiter) };
}

function programFolders({ root, cwd }: ProgramPlace): readonly string[] {
  const parts = cwd === '.' || cwd.startsWith('..') ? [] : cwd.split('/');
  const places = [...parts, ''].map((_, index) => join(root, ...parts.slice(0, parts.length - index)));
  const outside = cwd.startsWith('..') ? [join(root, cwd)] : [];
  return [...outside, ...places].flatMap((place) => FOLDERS.map((folder) => join(place, folder)));
}
