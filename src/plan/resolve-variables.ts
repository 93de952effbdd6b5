import { expandVariables, plainReferences, refersTo } from './expand.ts';
import { type ExpansionReport, newReport } from './expansion-report.ts';

export interface VariableLayers {
  /** The user's shell: taken as it is. */
  readonly shell: Readonly<Record<string, string>>;
  /** Templates; earlier layers win over later ones, and the shell over all. */
  readonly layers: readonly Readonly<Record<string, string>>[];
  /** What nobody may change; taken as it is. */
  readonly fixed: Readonly<Record<string, string>>;
}

/**
 * The environment that comes of all layers. A definition that refers to its own name (`PATH: ./bin:$PATH`) extends what
 * the other layers give instead of competing with them. Definitions that go in a circle, and those that miss a
 * variable they require, leave the variable unset, or as the shell has it.
 */
export function resolveVariables(layers: VariableLayers): {
  readonly variables: Readonly<Record<string, string>>;
  readonly report: ExpansionReport;
} {
  const resolver = new Resolver(layers);
  const names = [layers.shell, ...layers.layers, layers.fixed].flatMap(Object.keys);
  const values = [...new Set(names)].map((name) => [name, resolver.valueOf(name)] as const);
  const variables = Object.fromEntries(values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  return { variables, report: resolver.report };
}

class Resolver {
  readonly report = newReport();
  readonly #source: VariableLayers;
  readonly #known = new Map<string, string | undefined>();

  constructor(source: VariableLayers) {
    this.#source = source;
    for (const [name, value] of Object.entries(source.fixed)) this.#known.set(name, value);
  }

  valueOf(name: string): string | undefined {
    if (this.#known.has(name)) return this.#known.get(name);
    // Stands while the definitions of this name are being expanded: ends circles.
    this.#known.set(name, ownValue(this.#source.shell, name));
    const value = this.#compute(name);
    this.#known.set(name, value);
    return value;
  }

  #compute(name: string): string | undefined {
    const { shell, layers } = this.#source;
    const definitions = layers.flatMap((layer) => (Object.hasOwn(layer, name) ? [layer[name] ?? ''] : []));
    const plain = definitions.find((definition) => !refersTo(definition, name));
    let value = ownValue(shell, name);
    if (value === undefined && plain !== undefined) value = this.#expand(name, plain, undefined);
    for (const definition of definitions.filter((text) => refersTo(text, name)).reverse()) {
      value = this.#expand(name, definition, value);
    }
    return value;
  }

  #expand(name: string, definition: string, own: string | undefined): string | undefined {
    const lookup = (other: string) => (other === name ? own : this.valueOf(other));
    const expanded = expandVariables(definition, lookup);
    if (!expanded.ok) {
      this.report.failures.push({ ...expanded.error, in: name });
      // A password may look like an expression that has gone wrong.
      return expanded.error.reason === 'malformed' ? definition : own;
    }
    for (const variable of plainReferences(definition)) {
      if (variable !== name && this.valueOf(variable) === undefined) this.report.undefined.push({ variable, in: name });
    }
    return expanded.value;
  }
}

/** Names such as `constructor` are found in every object otherwise. */
function ownValue(variables: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}
