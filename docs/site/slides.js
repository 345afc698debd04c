// Keys go from slide to slide, those of a presenter's remote control (Page Up, Page Down) as well. Without this script
// the slides are one long page.
const slides = [...document.querySelectorAll('.slide')];
const shown = () => slides.findLastIndex(slide => slide.getBoundingClientRect().top < innerHeight / 2);

addEventListener('keydown', event => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const steps = {ArrowRight: 1, PageDown: 1, End: Infinity, ArrowLeft: -1, PageUp: -1, Home: -Infinity};
  const step = event.key === ' ' ? (event.shiftKey ? -1 : 1) : steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const to = Math.max(0, Math.min(slides.length - 1, shown() + step));
  location.replace('#' + slides[to].id);
});
