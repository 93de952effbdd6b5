import { useEffect, useState } from 'preact/hooks';

/** A value that parts of the page follow. */
export interface Store<Value> {
  get(): Value;
  set(change: (value: Value) => Value): void;
  follow(onChange: () => void): () => void;
}

export function createStore<Value>(first: Value): Store<Value> {
  let value = first;
  const followers = new Set<() => void>();
  return {
    get: () => value,
    set(change) {
      value = change(value);
      for (const follower of followers) follower();
    },
    follow(onChange) {
      followers.add(onChange);
      return () => void followers.delete(onChange);
    },
  };
}

/** What `select` takes of the value; drawn anew only when that is another one. */
export function useStore<Value, Selected>(store: Store<Value>, select: (value: Value) => Selected): Selected {
  const selected = select(store.get());
  const [, draw] = useState<Selected>(selected);
  useEffect(() => {
    const look = (): void => draw(() => select(store.get()));
    look();
    return store.follow(look);
  }, [store]);
  return selected;
}
