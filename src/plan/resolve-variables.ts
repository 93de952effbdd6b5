import { expandKnownVariables, expandVariables, plainReferences, refersTo } from './expand.ts';
import { type ExpansionReport, newReport } from './expansion-report.ts';

export interface VariableLayers {
  /** The user's shell: taken as it is. */
  readonly shell: Readonly<Record<string, string>>;
  /** Earlier layers win over later ones, and the shell over all. */
  readonly layers: readonly VariableLayer[];
  /** What no layer may change; taken as it is. */
  readonly fixed: Readonly<Record<string, string>>;
  /** What stands where nothing else sets it; taken as it is. */
  readonly plain: Readonly<Record<string, string>>;
}

export type VariableLayer =
  /**
   * A reference to what is not set is empty, and reported. `own`: what stands for these names in the definitions,
   * whatever it is elsewhere.
   */
  | { readonly from: 'config'; readonly definitions: Definitions; readonly own: Definitions }
  /** A reference to what is not set stays as it is written. */
  | { readonly from: 'env-file'; readonly definitions: Definitions };

type Definitions = Readonly<Record<string, string>>;

/** One layer's definition of a variable. */
interface Definition {
  readonly text: string;
  readonly layer: VariableLayer;
  readonly refersToItself: boolean;
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
  const all = [layers.shell, ...layers.layers.map(({ definitions }) => definitions)];
  const values = [...new Set(all.flatMap(Object.keys))].flatMap((name) => {
    const value = resolver.valueOf(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const resolved = Object.fromEntries(values);
  // What was resolved stands first, and has the last word.
  const variables = { ...resolved, ...layers.plain, ...layers.fixed, ...resolved };
  return { variables, report: resolver.report };
}

class Resolver {
  readonly report = newReport();
  readonly #source: VariableLayers;
  readonly #known = new Map<string, string | undefined>();

  constructor(source: VariableLayers) {
    this.#source = source;
  }

  valueOf(name: string): string | undefined {
    const fixed = ownValue(this.#source.fixed, name);
    if (fixed !== undefined) return fixed;
    if (this.#known.has(name)) return this.#known.get(name);
    // Stands while the definitions of this name are being expanded: ends circles.
    this.#known.set(name, ownValue(this.#source.shell, name));
    const value = this.#compute(name);
    this.#known.set(name, value);
    return value;
  }

  #compute(name: string): string | undefined {
    const definitions = this.#definitionsOf(name);
    const plain = definitions.find(({ refersToItself }) => !refersToItself);
    let value = ownValue(this.#source.shell, name);
    if (value === undefined && plain !== undefined) value = this.#expand(name, plain, undefined);
    else value ??= ownValue(this.#source.plain, name);
    for (const definition of definitions.filter(({ refersToItself }) => refersToItself).reverse()) {
      value = this.#expand(name, definition, value);
    }
    return value;
  }

  #definitionsOf(name: string): readonly Definition[] {
    return this.#source.layers.flatMap((layer) => {
      const text = ownValue(layer.definitions, name);
      if (text === undefined) return [];
      const meansOther = layer.from === 'config' && Object.hasOwn(layer.own, name);
      return [{ text, layer, refersToItself: !meansOther && refersTo(text, name) }];
    });
  }

  #expand(name: string, { text, layer }: Definition, before: string | undefined): string | undefined {
    const lookup = (other: string): string | undefined => {
      const own = layer.from === 'config' ? ownValue(layer.own, other) : undefined;
      return own ?? (other === name ? before : this.valueOf(other));
    };
    if (layer.from === 'env-file') return expandKnownVariables(text, lookup);
    const expanded = expandVariables(text, lookup);
    if (!expanded.ok) {
      this.report.failures.push({ ...expanded.error, in: name });
      // A password may look like an expression that has gone wrong.
      return expanded.error.reason === 'malformed' ? text : before;
    }
    for (const variable of plainReferences(text)) {
      if (variable !== name && lookup(variable) === undefined) this.report.undefined.push({ variable, in: name });
    }
    return expanded.value;
  }
}

/** Names such as `constructor` are found in every object otherwise. */
function ownValue(variables: Definitions, name: string): string | undefined {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}
