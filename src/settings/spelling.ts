/** Names of settings and of their values are in camel case; people write them in other ways too. */

/** A name without its case and hyphens: learning-rate and learningrate are learningRate. */
export function spelled(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}

/** The name of an option: learning-rate. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
