import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

const near_px = 120;
const above_turn_px = 20;

/** Where the last turn is read from: its end, or its beginning if it is higher than the window. */
export function restingPlace(window: {
  scrollHeight: number;
  clientHeight: number;
  lastTop: number;
}): number {
  const end = window.scrollHeight - window.clientHeight;
  return Math.max(0, Math.min(end, window.lastTop - above_turn_px));
}

function target(element: HTMLElement): number {
  const last = element.firstElementChild?.lastElementChild;
  const { scrollHeight, clientHeight, scrollTop } = element;
  const lastTop = last
    ? last.getBoundingClientRect().top - element.getBoundingClientRect().top + scrollTop
    : 0;
  return restingPlace({ scrollHeight, clientHeight, lastTop });
}

/**
 * Stays with the last turn while it grows, unless the reader has scrolled away; a change of
 * `event` (a new question) goes there in any case.
 */
export function useFollowEnd(scroller: RefObject<HTMLElement | null>, event: string): void {
  const following = useRef(true);
  useEffect(() => {
    const element = scroller.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    const onScroll = () => {
      const rest = element.scrollHeight - element.scrollTop - element.clientHeight;
      following.current = rest < near_px || Math.abs(element.scrollTop - target(element)) < near_px;
    };
    // What a person opens should stay in sight, not push the page on.
    const onClick = () => {
      following.current = false;
    };
    const observer = new ResizeObserver(() => {
      if (following.current) element.scrollTop = target(element);
    });
    observer.observe(content);
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('click', onClick);
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('click', onClick);
    };
  }, [scroller]);
  useLayoutEffect(() => {
    following.current = true;
    const element = scroller.current;
    if (element) element.scrollTop = target(element);
  }, [scroller, event]);
}
