import type { Words } from '../../runtime/sentences/sentence.ts';
import type { LeftToDo } from '../setup/left-to-do.ts';
import { fillIn } from './describe-setup.ts';
import { waysToGet } from './find-tool.ts';

/** What a person has to do before everything can start, a line each. */
export function describeLeftToDo(left: LeftToDo, { program }: Words): string {
  switch (left.kind) {
    case 'get-tool': {
      const { tool, pinned } = left;
      const version = pinned === null ? '' : ` ${pinned.version} (${pinned.file} asks for it)`;
      const ways = waysToGet(tool);
      return `install ${tool}${version}${ways === null ? '' : `: ${ways}`}`;
    }
    case 'fill-in': {
      const { variables, file, example, step } = left;
      const copied = example === null ? '' : `, which \`${program} setup ${step}\` copies from ${example}`;
      return `${fillIn(variables, file)}${copied}`;
    }
  }
}
