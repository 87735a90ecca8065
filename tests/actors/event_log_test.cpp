#define BOOST_TEST_DYN_LINK
#include "actors/event_log.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;

namespace {

sync_event event_of(const std::string& job) {
  sync_event event;
  event.job = job_id{job};
  return event;
}

} // namespace

BOOST_AUTO_TEST_SUITE(event_logs)

BOOST_AUTO_TEST_CASE(numbers_grow_by_one) {
  event_log log;
  BOOST_TEST(log.after(0).empty());
  log.add(event_of("a"));
  log.add(event_of("b"));
  const auto all = log.after(0);
  BOOST_REQUIRE(all.size() == 2u);
  BOOST_TEST(all[0].number == 1u);
  BOOST_TEST(all[1].number == 2u);
  BOOST_TEST(all[1].job.value == "b");
  BOOST_TEST(log.after(1).size() == 1u);
  BOOST_TEST(log.after(2).empty());
}

BOOST_AUTO_TEST_CASE(the_newest_sync_can_be_seen_alone) {
  event_log log;
  BOOST_TEST(log.of_newest_sync().empty());
  log.add(event_of("a"));
  log.add(event_of("b"));
  log.add(event_of("b"));
  BOOST_TEST(log.of_newest_sync().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_number_from_before_a_restart_gets_everything) {
  event_log log;
  log.add(event_of("a"));
  BOOST_TEST(log.after(900).size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_oldest_go_when_there_are_too_many) {
  event_log log;
  for (std::size_t i = 0; i < events_kept_max + 10; ++i)
    log.add(event_of("job"));
  const auto kept = log.after(0);
  BOOST_TEST(kept.size() == events_kept_max);
  BOOST_TEST(kept.front().number == 11u);
  BOOST_TEST(kept.back().number == log.last_number());
}

BOOST_AUTO_TEST_SUITE_END()
