import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { err, type Result } from '../../base/result.ts';
import { configSchema } from '../../config/config.ts';
import { commentBehind } from '../../config/edit/comment-behind.ts';
import { type EditRefusal, hasValue, setValue } from '../../config/edit/set-value.ts';
import { valuesOfWord } from '../../config/edit/values-of-word.ts';
import { readEnvFiles } from '../../config/env-files.ts';
import { type ConfigFile, findConfigIn, notFound } from '../../config/find-config.ts';
import { knownKeys } from '../../config/known-keys.ts';
import { loadConfigFile } from '../../config/load-config.ts';
import { backUp } from '../../generate/engine/back-up.ts';
import { pruneBackups } from '../../generate/engine/prune-backups.ts';
import { BACKUPS_PATH } from '../../manifest/project-path.ts';
import { compilePlan } from '../../plan/compile-plan.ts';
import { errorCode } from '../../platform/error-code.ts';
import { readRegularFile } from '../../platform/regular-file.ts';
import { writeFileAtomic } from '../../platform/write-file-atomic.ts';
import type { SetSettingCommand } from '../commands/config.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';

const PERMISSIONS = 0o777;
/** Every change makes one. */
const KEPT_COPIES = 20;

/** Changes one value in the config file, in place, if the config then still makes sense. */
export async function changeSetting({ key, value }: SetSettingCommand, context: CommandContext): Promise<ExitCode> {
  const { screen, checkout } = context;
  const found = await findConfigIn(checkout.root);
  if (!found.ok) return complain(screen, found.error);
  const file = found.value;
  if (file === undefined) return complain(screen, [notFound(checkout.root)]);
  const text = await changedText(file, key.split('.'), value);
  if (!text.ok) {
    const code = complain(screen, text.error);
    return file.format === 'script' || file.format === 'typescript' ? EXIT.failed : code;
  }
  const tell = (outcome: 'changed' | 'unchanged', sentence: string): void => {
    if (screen.answers === 'json') printJson<'config'>(screen, { key, value, file: file.file, outcome });
    else screen.out(sentence);
  };
  if (text.value === file.text) {
    tell('unchanged', `\`${key}\` is ${value} in ${file.file} already`);
    return EXIT.done;
  }
  const problem = backUpConfig(file) ?? writeConfig(file, text.value);
  if (problem !== undefined) {
    complain(screen, [problem]);
    return EXIT.failed;
  }
  tell('changed', `\`${key}\` is ${value} in ${file.file} now; what runs gets it when it is started again`);
  const comment = commentBehind(text.value, key.split('.'));
  if (comment !== undefined) screen.note(`note: the comment behind it stays, true or not: #${comment}`);
  return EXIT.done;
}

/** `devgen restore` puts it back. What keeps the copy from being made; `undefined`: nothing did. */
function backUpConfig({ root, file }: ConfigFile): Diagnostic | undefined {
  try {
    backUp(root, [{ path: file, content: readRegularFile(join(root, file)) }], new Date());
    pruneBackups(root, file, KEPT_COPIES);
    return undefined;
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === undefined) throw thrown;
    const message = `\`${file}\` is left as it is: no copy of it can be kept in \`${BACKUPS_PATH}\` (${code})`;
    return {
      code: 'config/no-backup',
      message,
      hint: 'That folder must belong to you and be writable.',
      place: { file },
    };
  }
}

/** What keeps the file from being written; `undefined`: nothing did. */
function writeConfig({ root, file }: ConfigFile, text: string): Diagnostic | undefined {
  const path = join(root, file);
  try {
    writeFileAtomic(path, text, { mode: statSync(path).mode & PERMISSIONS, durable: true });
    return undefined;
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === undefined) throw thrown;
    const hint = 'It and its folder must belong to you and be writable.';
    return { code: 'config/unwritable', message: `cannot write \`${file}\` (${code})`, hint, place: { file } };
  }
}

/** The new text, or what would be wrong with it when the word is read in the likeliest way. */
async function changedText(
  file: ConfigFile,
  path: readonly string[],
  word: string,
): Promise<Result<string, readonly Diagnostic[]>> {
  const elsewhere = meantService(file, path);
  if (elsewhere !== undefined) return err([elsewhere]);
  let first: readonly Diagnostic[] = [];
  for (const value of valuesOfWord(word, path)) {
    const text = setValue(file, path, value);
    const problems = text.ok
      ? await problemsOf({ ...file, text: text.value })
      : [explain(text.error, file, { key: path.join('.'), word })];
    if (text.ok && problems.length === 0) return text;
    if (first.length === 0) first = problems;
  }
  return err(first);
}

/** `ml.command` for `services.ml.command`. */
function meantService(file: ConfigFile, path: readonly string[]): Diagnostic | undefined {
  const [first = ''] = path;
  const sections = ['services', 'tasks'].filter((section) => hasValue(file, [section, first]));
  if (knownKeys(configSchema, []).includes(first) || sections.length === 0) return undefined;
  return {
    code: 'usage/unknown-setting',
    message: `there is no setting \`${path.join('.')}\``,
    hint: `Did you mean \`${[sections[0], ...path].join('.')}\`?`,
  };
}

/** Everything that would stop a start. */
async function problemsOf(file: ConfigFile): Promise<readonly Diagnostic[]> {
  const loaded = await loadConfigFile(file);
  if (!loaded.ok) return loaded.error;
  const env = readEnvFiles(loaded.value);
  const plan = compilePlan(loaded.value, env.files, process.env);
  return [...env.problems, ...(plan.ok ? [] : plan.error)];
}

function explain(
  refusal: EditRefusal,
  { file }: ConfigFile,
  { key, word }: { readonly key: string; readonly word: string },
): Diagnostic {
  switch (refusal.reason) {
    case 'script':
      return {
        code: 'config/script',
        message: `\`${file}\` is a program: it cannot be changed from here`,
        hint: `Set \`${key}\` to \`${word}\` there by hand.`,
      };
    case 'no-mapping':
      return {
        code: 'config/no-mapping',
        message: `\`${refusal.path.join('.') || file}\` in ${file} holds no keys that \`${key}\` could be one of`,
        hint: `Change it in ${file} by hand, or set it as a whole: \`{ key: value }\`.`,
      };
    case 'shared': {
      const shared = `\`${refusal.path.join('.')}\` in ${file} is shared`;
      return {
        code: 'config/shared-value',
        message: `${shared}: its anchor or alias would change more than \`${key}\``,
        hint: `Change it in ${file} by hand, or give each a value of its own first.`,
      };
    }
    case 'syntax':
      return { code: 'config/syntax', message: `\`${file}\` cannot be read`, hint: '`config` tells why.' };
  }
}
