import type { PythonCall, PythonExpression } from './python-expression.ts';

/** What a Python file says, read from its syntax tree once. */
export interface PythonModule {
  readonly file: string;
  /** Local name → where it comes from. */
  readonly imports: ReadonlyMap<string, PythonImport>;
  readonly assignments: readonly PythonAssignment[];
  /** The first value that each name is given; the module's and its classes' names come before those of functions. */
  readonly values: ReadonlyMap<string, PythonExpression>;
  /** Every call, in the order of the text; outer ones before those inside their arguments. */
  readonly calls: readonly PlacedCall[];
  readonly returns: readonly PythonReturn[];
  /** Every function and class, outer before inner. */
  readonly definitions: readonly PythonDefinition[];
  /** Every string literal that is neither a docstring nor a part of another. */
  readonly texts: readonly { readonly value: string; readonly line: number }[];
}

export interface PythonImport {
  readonly module: string;
  /** `null` when the local name stands for the whole module. */
  readonly name: string | null;
  readonly line: number;
}

/** `name = value`, also of `self.name = value`. */
export interface PythonAssignment {
  readonly name: string;
  readonly value: PythonExpression;
  readonly line: number;
  /** The innermost function around it; `null` in a module or class. */
  readonly within: PythonDefinition | null;
}

/** A call and where it is made. */
export interface PlacedCall extends PythonCall {
  /** The innermost call around it, of which it is a part of an argument. */
  readonly outer: PlacedCall | null;
  readonly within: PythonDefinition | null;
  /** The name whose assignment it is a part of. */
  readonly assignedTo: string | null;
  /** Whether only running the file as a program makes it: inside `if __name__ == "__main__"`. */
  readonly isMain: boolean;
}

export interface PythonReturn {
  readonly value: PythonExpression;
  readonly within: PythonDefinition | null;
}

export interface PythonDefinition {
  readonly kind: 'function' | 'class';
  readonly name: string;
  readonly line: number;
  readonly decorators: readonly PythonCall[];
  /** Its source; the decorators are not in it. */
  readonly text: string;
  /** The innermost function around it. */
  readonly outer: PythonDefinition | null;
  /** The classes that a class is made from, as written. */
  readonly bases: readonly string[];
  /** A function's parameters by name, in their order. */
  readonly parameters: readonly string[];
  /** Whether a call without arguments would fail. */
  readonly needsArguments: boolean;
}
