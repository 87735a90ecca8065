-- PostgreSQL's own patience with a machine that has vanished is two hours; this is 30 seconds.
SELECT set_config('tcp_keepalives_idle', '15', false),
  set_config('tcp_keepalives_interval', '5', false),
  set_config('tcp_keepalives_count', '3', false)
