import type { Model } from './model.ts';
import { metricColumnCount } from './operations.ts';

/**
 * Whether a model says of itself what its plan does: its columns are as many as a step measures, and what it can do, it has
 * programs for. Engines ask before they train it.
 * @throws RangeError saying what a family got wrong.
 */
export function checkModel<Config, Live>({ columns, can, plan }: Model<Config, Live>): void {
  const measured = plan.step
    .flatMap(({ operations }) => operations)
    .flatMap((operation) => (operation.kind === 'metrics' ? operation.columns : []))
    .reduce((sum, metric) => sum + metricColumnCount(metric), 0);
  if (measured !== columns.length)
    throw new RangeError(`a row has ${columns.length} columns, of which a step measures ${measured}`);
  const [encodes, decodes] = [plan.encode !== null, plan.decode !== null];
  if (can.encode !== encodes) throw new RangeError(`to encode: ${can.encode}, in the plan: ${encodes}`);
  if (can.traverse !== decodes) throw new RangeError(`to traverse: ${can.traverse}, in the plan: ${decodes}`);
  const behind = can.generate ? can.generate.categories + can.generate.noise : 0;
  if (decodes && behind !== plan.decode?.rest.length)
    throw new RangeError(`behind a code: ${behind} numbers, in the plan: ${plan.decode?.rest.length}`);
  const discriminates = plan.discriminate !== null;
  if (can.discriminate !== discriminates)
    throw new RangeError(`to discriminate: ${can.discriminate}, in the plan: ${discriminates}`);
  if (can.reconstruct && !(encodes && decodes))
    throw new RangeError('to reconstruct takes programs that encode and decode');
}
