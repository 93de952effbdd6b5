import { object, oneOf, type Shape } from '../../base/shape.ts';
import { identityShape } from '../../platform/identity-shape.ts';
import {
  exitStatusShape,
  failureShape,
  portHolderShape,
  remedyShape,
  seenShape,
} from '../../runtime/state/lifecycle.ts';
import { runtimeEventShape } from '../../runtime/state/runtime-event.ts';
import { startedServiceShape, stoppedServiceShape } from '../../runtime/supervisor/control/protocol.ts';
import { SCHEMA_VERSION } from '../output/print-json.ts';
import { DOCUMENTS } from './documents.ts';
import { errorDocument } from './error-document.ts';
import { type DefinitionNames, type JsonSchema, shapeToSchema } from './shape-to-schema.ts';

const PARTS: Readonly<Record<string, Shape<unknown>>> = {
  exitStatus: exitStatusShape,
  failure: failureShape,
  identity: identityShape,
  portHolder: portHolderShape,
  remedy: remedyShape,
  runtimeEvent: runtimeEventShape,
  seen: seenShape,
  startedService: startedServiceShape,
  stoppedService: stoppedServiceShape,
};

const ABOUT =
  'Each document that a command prints with `--json` is as its definition here says, which has the name of the ' +
  'command, or as `error` says.';

/**
 * The JSON Schema (draft-07) of everything that `--json` prints, from the shapes that the code holds to. Ends with a
 * newline.
 */
export function outputJsonSchema(): string {
  const documents = Object.entries({ error: errorDocument, ...DOCUMENTS }).flatMap(([name, shape]) =>
    shape === null ? [] : [[name, shape] as const],
  );
  const names = firstNames([...Object.entries(PARTS), ...documents]);
  const definitions = Object.fromEntries([
    ...documents.map(([name, shape]) => [name, documentToSchema(name, shape, names)]),
    ...Object.entries(PARTS).map(([name, shape]) => [name, shapeToSchema(shape, names)]),
  ]);
  const anyOf = documents.map(([name]) => ({ $ref: `#/definitions/${name}` }));
  return oneALine({ title: 'devgen output', description: ABOUT, anyOf }, definitions);
}

/** For programs; that a line is a definition is for a comparison of two versions. */
function oneALine(head: JsonSchema, definitions: JsonSchema): string {
  const lines = Object.entries(definitions).map(([name, schema]) => `  "${name}": ${JSON.stringify(schema)}`);
  return `${JSON.stringify(head).slice(0, -1)}, "definitions": {\n${lines.join(',\n')}\n}}\n`;
}

/** Several commands may print the same. */
function firstNames(shapes: readonly (readonly [string, Shape<unknown>])[]): DefinitionNames {
  const names = new Map<Shape<unknown>, string>();
  for (const [name, shape] of shapes) if (!names.has(shape)) names.set(shape, name);
  return names;
}

function documentToSchema(name: string, shape: Shape<unknown>, names: DefinitionNames): JsonSchema {
  const known = names.get(shape);
  if (known !== undefined && known !== name) return { $ref: `#/definitions/${known}` };
  if (shape.kind === 'any-of') return { anyOf: shape.of.map((each) => documentToSchema('', each, names)) };
  if (shape.kind !== 'object') throw new Error(`\`${name}\` is no document`);
  return shapeToSchema(object({ schemaVersion: oneOf(SCHEMA_VERSION), ...shape.fields }), names);
}
