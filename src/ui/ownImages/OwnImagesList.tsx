import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { en } from '../../locale/en/index.ts';
import { fill } from '../../locale/fill.ts';
import { word } from '../../locale/word.ts';
import type { KeptSet } from '../../protocol/ownImages.ts';
import { longestDataName } from '../../settings/ownData.ts';
import { ChooseFiles } from '../controls/ChooseFiles.tsx';
import settings from '../controls/Settings.module.css';
import { formatCount } from '../format.ts';
import { useOwnImages, useOwnImagesState } from './context.ts';
import { chosenImages } from './givenFiles.ts';
import classes from './OwnImages.module.css';
import { megabytes } from './room.ts';
import { useTrainOn, useUsualSize } from './useTrainOn.ts';

const words = en.ownImages;

/** Where a person brings images of their own, and what this browser keeps of them. */
export function OwnImagesList() {
  const images = useOwnImages();
  const sets = useOwnImagesState((state) => state.sets);
  const problem = useOwnImagesState((state) => state.problem);
  useEffect(() => {
    void images.list();
  }, [images]);
  const usualSize = useUsualSize();
  const give = (files: readonly File[]) => void images.give(chosenImages(files), usualSize());
  return (
    <fieldset className={settings.group}>
      <legend>{words.title}</legend>
      <p className={settings.note}>
        {words.drop} {words.stays}
      </p>
      <div className={settings.actions}>
        <ChooseFiles label={words.chooseFiles} testId="own-images-files" onFiles={give} />
        <ChooseFiles label={words.chooseFolder} folder testId="own-images-folder" onFiles={give} />
      </div>
      {problem && <p role="alert">{word(problem)}</p>}
      {sets && sets.length > 0 && (
        <ul className={classes.sets} aria-label={words.list}>
          {sets.map((set) => (
            <SetRow key={set.data.hash} set={set} />
          ))}
        </ul>
      )}
    </fieldset>
  );
}

type Doing = 'nothing' | 'renaming' | 'removing';

function SetRow({ set }: { set: KeptSet }) {
  const images = useOwnImages();
  const trainOn = useTrainOn();
  const [doing, setDoing] = useState<Doing>('nothing');
  const [name, setName] = useState(set.data.name);
  const { data, size, channels, bytes } = set;
  const named = { name: data.name };
  if (doing === 'removing')
    return (
      <li className={classes.set}>
        <p>{fill(words.removeAsk, named)}</p>
        <div className={settings.actions}>
          <Button size="compact-sm" color="red.8" onClick={() => void images.remove(data.hash)}>
            {words.removeSure}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setDoing('nothing')}>
            {words.keep}
          </Button>
        </div>
      </li>
    );
  const rename = () => {
    setDoing('nothing');
    if (name.trim() !== '') void images.rename(data.hash, name.trim());
  };
  return (
    <li className={classes.set}>
      {doing === 'renaming' ? (
        <div className={settings.actions}>
          <input
            className={`${settings.input} ${settings.select}`}
            aria-label={fill(words.newName, named)}
            value={name}
            maxLength={longestDataName}
            // biome-ignore lint/a11y/noAutofocus: a person has just asked to write here
            autoFocus
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              rename();
            }}
          />
          <Button size="compact-sm" variant="default" onClick={rename}>
            {words.save}
          </Button>
        </div>
      ) : (
        <strong className={classes.name}>{data.name}</strong>
      )}
      <span className={settings.note}>
        {fill(words.summary, {
          count: formatCount(data.count),
          size,
          colours: (channels === 3 ? words.colour : words.grey).toLowerCase(),
          megabytes: megabytes(bytes),
        })}
      </span>
      <div className={settings.actions}>
        <Button size="compact-sm" aria-label={fill(words.trainOn, named)} onClick={() => trainOn(set)}>
          {words.train}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={fill(words.rename, named)}
          onClick={() => setDoing('renaming')}
        >
          {words.renameShort}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={fill(words.remove, named)}
          onClick={() => setDoing('removing')}
        >
          {words.removeShort}
        </Button>
      </div>
    </li>
  );
}
