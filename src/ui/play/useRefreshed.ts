import { useEffect, useMemo, useState } from 'react';
import { usePictures } from '../session/context.ts';
import { latestOnly } from '../session/latest.ts';

/**
 * The answer to the latest input, asked again whenever the model has new pictures. Answers are awaited one at a
 * time; an input overtaken by another is skipped. A refusal leaves the last answer in place.
 */
export function useRefreshed<Input, Answer>(
  input: Input | null,
  ask: (input: Input) => Promise<Answer>,
): Answer | null {
  const pictures = usePictures((set) => set);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const push = useMemo(
    () =>
      latestOnly<Input>((latest) =>
        ask(latest).then(setAnswer, () => {
          // The session reports what is wrong with the run; here the last picture stays.
        }),
      ),
    [ask],
  );
  useEffect(() => {
    if (input !== null && pictures !== null) push(input);
  }, [input, pictures, push]);
  return answer;
}
