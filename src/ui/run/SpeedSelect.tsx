import type { Speed } from '../../protocol/messages.ts';
import { Select } from '../controls/Select.tsx';
import { useRun, useSession } from '../session/context.ts';

/** Steps a second, from one at a time to as fast as it goes. */
const limits = [1, 2, 5, 10, 20, 50, 100, 200] as const;
const unlimited = 'max';

function speedOf(text: string): Speed {
  if (text === 'stages') return text;
  return text === unlimited ? null : Number(text);
}

/** Holds the run back, so that single steps can be watched. Acts while it runs. */
export function SpeedSelect() {
  const session = useSession();
  const limit = useRun((run) => run.speedLimit);
  return (
    <Select
      label="Speed"
      title="Steps a second at most; slow stops at each stage of a step"
      size="large"
      value={limit ?? unlimited}
      onChange={(value) => void session.training.setSpeed(speedOf(value))}
    >
      <option value="stages">slow</option>
      {limits.map((steps) => (
        <option key={steps} value={steps}>
          {steps}/s
        </option>
      ))}
      <option value={unlimited}>{unlimited}</option>
    </Select>
  );
}
