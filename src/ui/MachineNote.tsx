import { Popover } from '@mantine/core';
import { word } from '../locale/word.ts';
import classes from './MachineNote.module.css';
import { useRun } from './session/context.ts';
import { TextButton } from './TextButton.tsx';

/**
 * In one sentence what trains here; why, behind a button. It has its place from the start, so it moves nothing.
 */
export function MachineNote() {
  const machine = useRun((run) => run.machine);
  const info = useRun((run) => run.info);
  const engine = useRun((run) => run.engine);
  const small = useRun((run) => run.presetChosen && run.preset === 'small');
  const failed = useRun((run) => run.phase === 'failed');
  if (!info || !machine)
    return (
      <p className={classes.note}>
        {failed ? 'Training cannot start here.' : 'Looking at this machine\u2026'}
      </p>
    );

  const { runsOn, notices } = info;
  const reasons = new Set(notices.map(({ reason }) => word(reason)));
  if (engine === 'auto' && machine.reason) reasons.add(word(machine.reason));
  if (runsOn.engine === 'webgpu' && runsOn.software)
    reasons.add(
      engine === 'auto'
        ? `WebGPU here is emulated in software (${runsOn.adapter}), and is faster than WebAssembly.`
        : `WebGPU here is emulated in software (${runsOn.adapter}). The engine “auto” takes what is faster here.`,
    );
  if (small) reasons.add('So it starts with the preset small; quick is in the menu of presets.');
  return (
    <p className={classes.note} data-testid="machine-note">
      {sentence(runsOn.software, machine.adapter !== null, small)}{' '}
      {reasons.size > 0 && (
        <Popover width={360} position="bottom-end" withArrow shadow="md" withRoles={false}>
          <Popover.Target>
            <TextButton>Why?</TextButton>
          </Popover.Target>
          <Popover.Dropdown role="dialog" aria-label="Why it trains so">
            {[...reasons].join(' ')}
          </Popover.Dropdown>
        </Popover>
      )}
    </p>
  );
}

function sentence(software: boolean, hasAdapter: boolean, small: boolean): string {
  if (!software) return 'This page trains on your GPU.';
  const model = small ? 'a small model' : 'a model';
  return hasAdapter
    ? `The only GPU here is emulated, so this page trains ${model} on your CPU.`
    : `No GPU found, so this page trains ${model} on your CPU.`;
}
