// The week by FullCalendar. Its columns for environments are a product of its own under another licence,
// so that it has only the days to draw, with the bookings of both environments in them.
import 'fullcalendar/skeleton.css';
import 'fullcalendar/themes/classic/theme.css';
import 'fullcalendar/themes/classic/palette.css';
import { Calendar } from 'fullcalendar';
import interaction from 'fullcalendar/interaction';
import theme from 'fullcalendar/themes/classic';
import timeGrid from 'fullcalendar/timegrid';

window.draw = (element, { bookings, monday }) => {
  const calendar = new Calendar(element, {
    plugins: [timeGrid, interaction, theme],
    initialView: 'timeGridWeek',
    initialDate: monday,
    firstDay: 1,
    height: '100%',
    nowIndicator: true,
    editable: true,
    slotMinHeight: 24,
    events: bookings.map(({ id, title, start, end }) => ({ id, title, start, end })),
    eventClass: 'booking',
  });
  calendar.render();
  return { next: () => calendar.next(), previous: () => calendar.prev(), end: () => calendar.destroy() };
};
