import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

const near_end_px = 120;

/**
 * Stays at the end while content grows there, unless the reader has scrolled away; a change of
 * `event` (a new question) goes to the end in any case.
 */
export function useFollowEnd(scroller: RefObject<HTMLElement | null>, event: string): void {
  const following = useRef(true);
  useEffect(() => {
    const element = scroller.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    const onScroll = () => {
      const rest = element.scrollHeight - element.scrollTop - element.clientHeight;
      following.current = rest < near_end_px;
    };
    // What a person opens should stay in sight, not push the page to its end.
    const onPointer = () => {
      following.current = false;
    };
    const observer = new ResizeObserver(() => {
      if (following.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(content);
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('click', onPointer);
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('click', onPointer);
    };
  }, [scroller]);
  useLayoutEffect(() => {
    following.current = true;
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [scroller, event]);
}
