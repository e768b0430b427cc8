import { type PointerEvent, useEffect, useRef } from 'react';
import { isTap, type Owner, ownerOf, type Place } from './touch.ts';

/** A control in a person's hand, from the moment a pointer came down on it. */
export interface Grip {
  /** A finger that moves the control is here, in pixels from the window's left edge. */
  follow(x: number): void;
  /** Brings back what was there before. */
  putBack(): void;
}

interface Hold {
  readonly grip: Grip;
  readonly pointer: number;
  readonly touch: boolean;
  readonly from: Place;
  readonly since: number;
  owner: Owner;
}

/**
 * What pointers do to a control that is moved sideways. A finger acts only once its touch is the control's own:
 * after a move sideways, or by a tap; a swipe that scrolls the page, a long press and two fingers change nothing.
 * Mouse and pen act at once, as the browser has it. Escape while the pointer is down puts back what was there
 * before, and so does a touch that the browser takes for itself.
 */
export function useGrip(grab: (x: number) => Grip) {
  const held = useRef<Hold | null>(null);
  const ends = useRef<AbortController | null>(null);
  const lastWasTouch = useRef(false);
  const scrolled = useRef(Number.NEGATIVE_INFINITY);

  useEffect(() => {
    const mounted = new AbortController();
    const options = { capture: true, passive: true, signal: mounted.signal };
    const note = ({ timeStamp }: Event) => {
      scrolled.current = timeStamp;
    };
    window.addEventListener('scroll', note, options);
    return () => {
      mounted.abort();
      ends.current?.abort();
    };
  }, []);

  function letGo(): void {
    ends.current?.abort();
    held.current = null;
  }

  /** The pointer has no say any more, though it may still be down. */
  function giveUp(hold: Hold): void {
    if (hold.owner === 'control') hold.grip.putBack();
    hold.owner = 'other';
  }

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    lastWasTouch.current = event.pointerType === 'touch';
    // Another finger than the one that holds the control; a second coming of the same one means that its end was
    // missed.
    if (event.button !== 0 || (held.current && held.current.pointer !== event.pointerId)) return;
    letGo();
    const { currentTarget: control, clientX: x, clientY: y, timeStamp: since, pointerId: pointer } = event;
    const touch = lastWasTouch.current;
    const hold: Hold = {
      ...{ grip: grab(x), pointer, touch, from: { x, y }, since },
      owner: touch ? 'unknown' : 'control',
    };
    held.current = hold;
    ends.current = new AbortController();
    const options = { capture: true, signal: ends.current.signal };
    const listen = <Type extends keyof WindowEventMap>(type: Type, act: (of: WindowEventMap[Type]) => void) =>
      window.addEventListener(type, act, options);

    listen('pointerdown', ({ pointerId }) => {
      if (pointerId !== pointer) giveUp(hold);
    });
    listen('pointermove', (move) => {
      if (move.pointerId !== pointer || !touch) return;
      hold.owner = ownerOf(hold.owner, hold.from, { x: move.clientX, y: move.clientY });
      if (hold.owner === 'control') hold.grip.follow(move.clientX);
    });
    listen('pointerup', ({ pointerId, timeStamp: up }) => {
      if (pointerId !== pointer) return;
      const tapped = isTap(hold.owner, { down: since, up, scrolled: scrolled.current });
      if (tapped) hold.grip.follow(x);
      if (touch && (tapped || hold.owner === 'control')) control.focus({ preventScroll: true });
      letGo();
    });
    listen('pointercancel', ({ pointerId }) => {
      if (pointerId !== pointer) return;
      giveUp(hold);
      letGo();
    });
    listen('keydown', (press) => {
      if (press.key !== 'Escape') return;
      press.preventDefault();
      press.stopPropagation();
      giveUp(hold);
    });
  }

  return {
    /** Whether what the browser itself makes of pointers and keys counts: not what it makes of a finger. */
    browserCounts: () => !lastWasTouch.current && held.current?.owner !== 'other',
    handlers: {
      onPointerDown,
      // A browser plays a mouse for old pages once a finger has left.
      onMouseDown(event: { preventDefault(): void }) {
        if (lastWasTouch.current) event.preventDefault();
      },
      onKeyDown() {
        lastWasTouch.current = false;
      },
      onBlur() {
        lastWasTouch.current = false;
      },
    },
  };
}
