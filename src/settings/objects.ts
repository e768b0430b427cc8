/** The keys of an object whose keys are all known, typed as such. */
export function keysOf<Values extends object>(values: Values): (keyof Values & string)[] {
  const keys: (keyof Values & string)[] = [];
  for (const key in values) keys.push(key);
  return keys;
}

/** An object with these keys, each value made from its key. */
export function objectOf<Values extends object>(
  keys: readonly (keyof Values)[],
  make: <Key extends keyof Values>(key: Key) => Values[Key],
): Values {
  const made: Partial<Values> = {};
  for (const key of keys) made[key] = make(key);
  if (!isComplete(made, keys)) throw new TypeError('an object lacks a key');
  return made;
}

/** The part of an object that has these keys. */
export function pick<Values extends object, Key extends keyof Values>(
  values: Values,
  keys: readonly Key[],
): Pick<Values, Key> {
  return objectOf<Pick<Values, Key>>(keys, (key) => values[key]);
}

function isComplete<Values extends object>(
  values: Partial<Values>,
  keys: readonly (keyof Values)[],
): values is Values {
  return keys.every((key) => Object.hasOwn(values, key));
}
