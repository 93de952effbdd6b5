import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Makes `folder` hold these texts, by path, and nothing else. Each file is replaced in one step and only if it differs:
 * a user who runs the program meanwhile never meets a missing or half-written file.
 */
export function replaceFolder(folder, texts) {
  for (const [path, text] of texts) {
    const target = join(folder, path);
    if (existsSync(target) && readFileSync(target, 'utf8') === text) continue;
    mkdirSync(dirname(target), { recursive: true });
    const temporary = `${target}.${process.pid}.new`;
    writeFileSync(temporary, text);
    renameSync(temporary, target);
  }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const target = join(entry.parentPath, entry.name);
    const isOurs = texts.has(relative(folder, target).replaceAll('\\', '/')) || entry.name.endsWith('.new');
    if (entry.isFile() && !isOurs) rmSync(target);
  }
}
