// The week by EventCalendar: a column for each day and environment, as Berth has them.
import '@event-calendar/core/index.css';
import { createCalendar, destroyCalendar, Interaction, ResourceTimeGrid } from '@event-calendar/core';

window.draw = (element, { bookings, environments, monday }) => {
  const calendar = createCalendar(element, [ResourceTimeGrid, Interaction], {
    view: 'resourceTimeGridWeek',
    datesAboveResources: true,
    date: monday,
    firstDay: 1,
    height: '100%',
    nowIndicator: true,
    editable: true,
    resources: environments.map((name) => ({ id: name, title: name })),
    events: bookings.map(({ id, title, environment, start, end }) => ({ id, title, start, end, resourceIds: [environment] })),
    eventClassNames: ['booking'],
  });
  return { next: () => calendar.next(), previous: () => calendar.prev(), end: () => destroyCalendar(calendar) };
};
