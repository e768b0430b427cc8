import { ActionIcon, Menu } from '@mantine/core';
import { useStore } from 'zustand';
import { type Player, playersOf } from '../../config/players.ts';
import { playerNames } from '../../locale/en/players.ts';
import { ChevronIcon } from '../icons.tsx';
import { useSession } from '../session/context.ts';
import type { Session } from '../session/session.ts';
import { usePair } from '../sides/context.ts';
import classes from './RunBar.module.css';

/** Beside the step button: a step of one player only, where all runs of the page have the same two. */
export function StepMenu({ disabled }: { disabled: boolean }) {
  const session = useSession();
  const pair = usePair();
  const [ofA, ofB] = [usePlayers(pair?.A ?? session), usePlayers(pair?.B ?? session)];
  const players = ofA.filter((player) => ofB.includes(player));
  // Until the runs are there it keeps its place, and nothing beside it shifts.
  const known = ofA.length > 0 && ofB.length > 0;
  if (known && (ofA.length < 2 || players.length < ofA.length)) return null;
  return (
    <Menu withInitialFocusPlaceholder={false} position="bottom-start" shadow="md" width={300}>
      <Menu.Target>
        <ActionIcon
          variant="default"
          size={36}
          className={classes.stepMenu}
          disabled={disabled}
          aria-label="Kinds of step"
          title="A step in which only one of the two learns"
        >
          <ChevronIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label="Kinds of step">
        <Item
          name="A whole step"
          help="Both learn, as while it runs."
          onClick={() => session.training.singleStep()}
        />
        {players.map((player) => (
          <Item
            key={player}
            name={`Only ${playerNames[player].name}`}
            help={playerNames[player].alone}
            onClick={() => session.training.singleStep(player)}
          />
        ))}
        <Menu.Label className={classes.moveNote}>
          The same pictures and noise are drawn as in a whole step. A step of one player is a move: charts
          mark it, and a link replays it.
        </Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}

interface ItemProps {
  readonly name: string;
  readonly help: string;
  readonly onClick: () => Promise<void>;
}

function Item({ name, help, onClick }: ItemProps) {
  return (
    // Open for the next one: a step seldom comes alone.
    <Menu.Item closeMenuOnClick={false} onClick={() => void onClick()}>
      <strong>{name}</strong>
      <br />
      <small>{help}</small>
    </Menu.Item>
  );
}

const none: readonly Player[] = [];

function usePlayers({ run }: Session): readonly Player[] {
  const objective = useStore(run, ({ info }) => info?.config.objective ?? null);
  return objective ? playersOf({ objective }) : none;
}
