import { existsSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { findProgram } from '../../platform/find-program.ts';
import { missingModules } from '../../platform/missing-modules.ts';
import { readTextIfThere } from '../../platform/regular-file.ts';
import { pythonInstallation } from '../../runtime/errors/install-command.ts';
import type { ProgramFact } from './finding.ts';

interface Place {
  readonly root: string;
  readonly cwd: string;
  readonly path: string | undefined;
}

/** What a command of Python needs that its Python does not have; `file`: the program that it runs. */
export function checkPython(command: string, file: string, { root, cwd, path }: Place): readonly ProgramFact[] {
  const python = pythonOf(file, cwd, path);
  if (python === '') return [];
  const module = /\bpython[\d.]*(?:\s+-[A-Za-z]\b(?<!-m))*\s+-m\s+([\w.]+)/.exec(command)?.[1] ?? '';
  const [first, ...more] = missingModules({ python, folder: cwd, module });
  if (first === undefined) return [];
  const { folder, command: install } = pythonInstallation({ folder: cwd, root, exists: existsSync }, first);
  const where = { of: relative(root, cwd) || '.', folder: relative(root, folder) || '.' };
  return [{ code: 'modules-missing', packages: [first, ...more], ...where, install }];
}

/** The interpreter that a program is, or that its first line names; empty: none. */
function pythonOf(file: string, cwd: string, path: string | undefined): string {
  if (IS_PYTHON.test(basename(file))) return file;
  const [, named = '', behind = ''] =
    /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(readTextIfThere(file)?.slice(0, 256) ?? '') ?? [];
  const interpreter = basename(named) === 'env' ? findProgram(behind, cwd, path).file : named;
  return IS_PYTHON.test(basename(interpreter)) && existsSync(interpreter) ? interpreter : '';
}

const IS_PYTHON = /^python\d*(\.\d+)*$/;
