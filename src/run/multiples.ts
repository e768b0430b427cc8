/** The first multiple of `every` after a step: where what is done every so many steps is due next. */
export function nextMultiple(step: number, every: number): number {
  return (Math.floor(step / every) + 1) * every;
}
