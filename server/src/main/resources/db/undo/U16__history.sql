drop index late_reading_time;
