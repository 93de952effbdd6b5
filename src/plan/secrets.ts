import { namedSecrets, type Redact, redactor, secretValues, writtenSecrets } from '../base/redact-secrets.ts';
import { expandKnownVariables } from './expand.ts';
import { expandedTexts } from './expanded-texts.ts';
import type { Plan, ServicePlan } from './plan.ts';

/** Characters. */
const LONG_PART = 16;
/** It only names where the secret is. */
const REFERENCE = /^\$(?:\w+|\{\w+\})$/;

/** `sort --key=version` is not about a secret. */
const PLAIN_WORD = /^[a-z]*$/i;

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The secrets of a checkout: of the shell, of the env files and of the config, each as it is written and with its
 * variables put in. A value that is also the name of something here is none: it would be masked all over.
 */
export function secretsOf(plan: Plan, shell: Variables): readonly string[] {
  const services = plan.services.flatMap(({ env, dotenv }) => [{ ...plan.dotenv, ...dotenv }, env]);
  const steps = plan.setup.flatMap((step) => (step.kind === 'run' ? [step.env] : []));
  const layers = [shell, plan.dotenv, ...services, ...plan.tasks.map(({ env }) => env), ...steps];
  const both = layers.flatMap((layer) => [layer, expanded(layer, [shell, plan.dotenv])]);
  const values = both.flatMap(namedSecrets);
  const texts = new Set(both.flatMap(Object.values<string | undefined>));
  const written = [...texts].flatMap((text) => writtenSecrets(text ?? ''));
  const inCommands = commandsOf(plan)
    .flatMap(writtenSecrets)
    .filter((value) => !PLAIN_WORD.test(value));
  const told = webhookTexts(plan).flatMap((text) =>
    longParts(expandKnownVariables(text, lookupIn([shell, plan.dotenv]))),
  );
  const names = new Set([plan.name, ...plan.services.map(({ name }) => name), ...plan.tasks.map(({ name }) => name)]);
  return [...new Set([...values, ...written, ...inCommands, ...told])].filter(
    (value) => !names.has(value) && !REFERENCE.test(value),
  );
}

/** Where else in a config a secret may be written. */
function commandsOf({ services, tasks, setup }: Plan): readonly string[] {
  const steps = setup.map((step) => (step.kind === 'run' ? step.run : ''));
  const ofServices = services.flatMap(expandedTexts).map(({ text }) => text);
  return [...ofServices, ...tasks.flatMap(({ run, description }) => [run ?? '', description]), ...steps];
}

/** What lets one post, with the values of its variables, too. */
function webhookTexts({ hooks: { webhook } }: Plan): readonly string[] {
  return webhook === null ? [] : [webhook.url, ...Object.values(webhook.headers)];
}

/** Of a webhook's address or header the parts that are too long for words. */
function longParts(text: string): readonly string[] {
  return text.split(/[\s/?&=#]/).filter((part) => part.length >= LONG_PART && !part.includes('.'));
}

/** What of the config itself is secret, which is the same for every user: for files that are generated from it. */
export function redactWritten(services: readonly Pick<ServicePlan, 'env'>[]): Redact {
  return redactor(services.flatMap(({ env }) => secretValues(env)));
}

function lookupIn(layers: readonly Variables[]) {
  return (name: string): string | undefined => layers.find((each) => each[name] !== undefined)?.[name];
}

function expanded(layer: Variables, others: readonly Variables[]): Variables {
  const lookup = lookupIn([...others, layer]);
  return Object.fromEntries(
    Object.entries(layer).map(([name, value]) => [name, value && expandKnownVariables(value, lookup)]),
  );
}
