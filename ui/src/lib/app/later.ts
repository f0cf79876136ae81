// What the first week does without, in a file of its own that is loaded once the week is painted.
export { default as Agenda } from '$lib/view/Agenda.svelte';
export { default as Dialogs } from './Dialogs.svelte';
export { Export } from '$lib/exchange/export.svelte';
export { default as FaultScreen } from './FaultScreen.svelte';
export { default as FirstClick } from '$lib/week/FirstClick.svelte';
export { default as Ghost } from '$lib/week/Ghost.svelte';
export { default as Hint } from '$lib/week/Hint.svelte';
export { Import } from '$lib/exchange/import.svelte';
export { default as Menu } from './Menu.svelte';
export { default as Month } from '$lib/view/Month.svelte';
export { default as MonthPicker } from '$lib/time/MonthPicker.svelte';
export { default as Notices } from './Notices.svelte';
export { default as Panels } from './Panels.svelte';
export { default as Raised } from '$lib/week/Raised.svelte';
export { default as Timeline } from '$lib/view/Timeline.svelte';
export { default as Toasts } from './Toasts.svelte';
export { default as ViewChoice } from '$lib/view/ViewChoice.svelte';
