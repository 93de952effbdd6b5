import { posix } from 'node:path';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Service } from 'kubernetes-models/v1';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Exported } from '../../src/generate/export/export-plan.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { EVERYTHING, exported, fileOf } from './export-fixture.ts';
import { expectArrival, oddSample, perform } from './odd-service.ts';

/** Kubernetes reads YAML 1.1. */
function documents(text: string) {
  return parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS());
}

function manifestsOf({ files }: Exported) {
  return files.flatMap(({ text }) => documents(text));
}

/** What the API's schema has against a manifest; `null`: nothing. */
function mistake({ kind, ...manifest }: { readonly kind: string }): string | null {
  try {
    if (kind === 'Service') new Service(manifest).validate();
    else new Deployment(manifest).validate();
    return null;
  } catch (error) {
    return String(error);
  }
}

test('every manifest is what the API describes', () => {
  const manifests = manifestsOf(exported('kubernetes', EVERYTHING));
  expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'Deployment backend',
    'Service backend',
    'Deployment frontend',
    'Service frontend',
    'Deployment worker',
  ]);
  expect(manifests.map(mistake)).toEqual(manifests.map(() => null));
});

test('no manifest has a key that the API does not know', () => {
  // The schema lets unknown keys pass, but of each that it knows it knows the type.
  for (const manifest of manifestsOf(exported('kubernetes', EVERYTHING))) {
    const { kind, ...rest } = manifest;
    const unknown = keysOf(rest).filter((path) => mistake(withWrongType(manifest, path)) === null);
    expect(unknown.map((path) => path.join('.'))).toEqual([]);
  }
  const [deployment] = manifestsOf(exported('kubernetes', EVERYTHING));
  deployment.spec.template.spec.bogus = true;
  expect(mistake(withWrongType(deployment, ['spec', 'template', 'spec', 'bogus']))).toBe(null);
});

test('everything about a service is carried over', () => {
  const [backend] = documents(fileOf(exported('kubernetes', EVERYTHING), 'backend.yaml'));
  expect(backend.spec.template.spec).toMatchObject({
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 15,
    containers: [
      {
        workingDir: '/app/backend',
        envFrom: [{ secretRef: { name: 'backend-env' } }],
        ports: [{ containerPort: 8000 }],
        startupProbe: { httpGet: { path: '/api/status', port: 8000 }, periodSeconds: 1, failureThreshold: 30 },
        readinessProbe: { periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 },
        resources: { limits: { memory: '536870912' } },
      },
    ],
  });
  expect(backend.spec.template.spec.containers[0]).not.toHaveProperty('livenessProbe');
  const [frontend, address] = documents(fileOf(exported('kubernetes', EVERYTHING), 'frontend.yaml'));
  expect(frontend.spec.template.spec.initContainers[0].command.at(-1)).toBe(
    'until nc -z backend 8000; do sleep 1; done',
  );
  expect(address.spec.selector).toEqual(frontend.spec.template.metadata.labels);
  const [worker] = documents(fileOf(exported('kubernetes', EVERYTHING), 'worker.yaml'));
  expect(worker.spec.template.spec.containers[0].livenessProbe.exec.command.at(-1)).toBe('( test -f /tmp/alive )');
});

test('a container hands every odd value to its service', () => {
  const root = temporaryFolder();
  const [deployment] = documents(fileOf(exported('kubernetes', oddSample(root)), 'odd.yaml'));
  const [container] = deployment.spec.template.spec.containers;
  const variables: readonly { readonly name: string; readonly value: string }[] = container.env;
  const env = Object.fromEntries(variables.map(({ name, value }) => [name, expand(value)]));
  const command: readonly string[] = container.command;
  // The secret's variables are the weaker ones.
  perform(command.map(expand), { SECRET: 'a$b "c" d', PORT: '1', ...env }, posix.join(root, "it's odd"));
  expectArrival(root);
});

/** As Kubernetes does, without variables: `$$` is a dollar sign. Source: the API reference, EnvVar. */
function expand(text: string): string {
  expect(typeof text).toBe('string');
  expect(text.replaceAll('$$', '')).not.toContain('$');
  return text.replaceAll('$$', '$');
}

type Path = readonly (string | number)[];

function keysOf(value: unknown): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => keysOf(item).map((path) => [index, ...path]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    [key],
    ...keysOf(member).map((path): Path => [key, ...path]),
  ]);
}

/** Nothing in the API is a list of lists of lists. */
function withWrongType<Value extends object>(value: Value, [key = '', ...rest]: Path): Value {
  const wrong = rest.length === 0 ? [[[]]] : withWrongType(Object(Reflect.get(value, key)), rest);
  const copy = structuredClone(value);
  Reflect.set(copy, key, wrong);
  return copy;
}
