import { Button, Group, Loader, Modal, Progress } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { en } from '../../locale/en/index.ts';
import { fill } from '../../locale/fill.ts';
import { word } from '../../locale/word.ts';
import { ownSizes } from '../../protocol/ownImages.ts';
import { longestDataName } from '../../settings/ownData.ts';
import settings from '../controls/Settings.module.css';
import { formatCount } from '../format.ts';
import { SinglePicture } from '../pictures/PictureCanvas.tsx';
import { useOwnImages, useOwnImagesState } from './context.ts';
import classes from './OwnImages.module.css';
import type { Intake } from './ownImages.ts';
import { megabytes, roomFor } from './room.ts';
import { useTrainOn } from './useTrainOn.ts';

const words = en.ownImages;

/** What becomes of the files that a person gave, from the first look until there is a set to train on. */
export function OwnImagesDialog() {
  const images = useOwnImages();
  const intake = useOwnImagesState((state) => state.intake);
  return (
    <Modal
      opened={intake.kind !== 'idle'}
      onClose={() => images.cancel()}
      title={words.title}
      closeOnClickOutside={false}
      centered
    >
      <p className={settings.note}>{words.stays}</p>
      <Step intake={intake} />
    </Modal>
  );
}

function Step({ intake }: { intake: Intake }) {
  const images = useOwnImages();
  const trainOn = useTrainOn();
  const leave = (label: string) => (
    <Button variant="default" onClick={() => images.cancel()}>
      {label}
    </Button>
  );
  switch (intake.kind) {
    case 'idle':
      return null;
    case 'looking':
      return (
        <>
          <Waiting label={fill(words.looking, { name: intake.name })} />
          <Group justify="flex-end">{leave(words.cancel)}</Group>
        </>
      );
    case 'looked':
      return <Choices key={intake.look.name} {...intake} />;
    case 'taking':
      return (
        <>
          <Progress my="lg" value={100 * intake.part} aria-label={words.taking} />
          <Group justify="flex-end">{leave(words.cancel)}</Group>
        </>
      );
    case 'keeping':
      return (
        <>
          <Waiting label={words.keeping} />
          <Group justify="flex-end">{leave(words.cancel)}</Group>
        </>
      );
    case 'taken': {
      const { set, notes } = intake;
      return (
        <>
          <p role="status">
            {fill(words.taken, { count: formatCount(set.data.count), megabytes: megabytes(set.bytes) })}
          </p>
          <Notes sentences={notes.map(word)} />
          <Group justify="flex-end" mt="md">
            {leave(words.close)}
            <Button
              data-autofocus
              onClick={() => {
                images.cancel();
                trainOn(set);
              }}
            >
              {words.train}
            </Button>
          </Group>
        </>
      );
    }
    case 'failed':
      return (
        <>
          <p role="alert">{word(intake.error)}</p>
          <Group justify="flex-end">{leave(words.close)}</Group>
        </>
      );
  }
}

function Waiting({ label }: { label: string }) {
  return (
    <p className={classes.waiting} role="status">
      <Loader size="sm" /> {label}
    </p>
  );
}

const channelChoices = [
  { channels: 1, label: words.grey },
  { channels: 3, label: words.colour },
] as const;

function Choices({ look, fit, pictures }: Extract<Intake, { kind: 'looked' }>) {
  const images = useOwnImages();
  const [name, setName] = useState(look.name);
  const [seed, setSeed] = useState('0');
  const count = formatCount(look.count);
  const room = roomFor(fit);
  const isSeed = /^\d{1,9}$/.test(seed);
  return (
    <>
      <p>{look.first ? fill(words.foundFirst, { count, ...look.first }) : fill(words.found, { count })}</p>
      {look.columns.length > 0 && <p>{fill(words.columns, { columns: look.columns.join(', ') })}</p>}
      <Notes sentences={look.notes.map(word)} />
      {pictures.length > 0 && (
        <>
          <p className={settings.note}>{words.cropped}</p>
          <div className={classes.pictures} data-testid="own-images-preview">
            {pictures.map((picture, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they are told apart by their places alone
              <SinglePicture key={i} picture={picture} size={64} label={null} />
            ))}
          </div>
        </>
      )}
      <div className={classes.choices}>
        <Row label={words.name}>
          <input
            className={`${settings.input} ${settings.select}`}
            aria-label={words.name}
            value={name}
            maxLength={longestDataName}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Row>
        <Row label={words.size}>
          <select
            className={`${settings.input} ${settings.select}`}
            aria-label={words.size}
            value={fit.size}
            onChange={(event) => {
              const size = ownSizes.find((one) => String(one) === event.currentTarget.value);
              if (size) void images.choose({ size });
            }}
          >
            {ownSizes.map((size) => (
              <option key={size} value={size}>
                {fill(words.sizeOf, { size })}
              </option>
            ))}
          </select>
        </Row>
        <Row label={words.colours}>
          <select
            className={`${settings.input} ${settings.select}`}
            aria-label={words.colours}
            value={fit.channels}
            onChange={(event) => {
              const chosen = channelChoices.find(
                ({ channels }) => String(channels) === event.currentTarget.value,
              );
              if (chosen) void images.choose({ channels: chosen.channels });
            }}
          >
            {channelChoices.map(({ channels, label }) => (
              <option key={channels} value={channels}>
                {label}
              </option>
            ))}
          </select>
        </Row>
        {look.count > room && (
          <>
            <p className={settings.note}>{fill(words.room, { room: formatCount(room) })}</p>
            <Row label={words.seed}>
              <input
                className={settings.input}
                aria-label={words.seed}
                aria-invalid={!isSeed}
                inputMode="numeric"
                value={seed}
                onChange={(event) => setSeed(event.currentTarget.value)}
              />
            </Row>
          </>
        )}
      </div>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => images.cancel()}>
          {words.cancel}
        </Button>
        <Button disabled={!isSeed} onClick={() => void images.take(name, Number(seed))}>
          {words.take}
        </Button>
      </Group>
    </>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={settings.row}>
      <span>{label}</span>
      {children}
    </div>
  );
}

function Notes({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <ul className={classes.notes}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
