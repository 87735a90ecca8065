#define BOOST_TEST_DYN_LINK
#include "simulator/outbox.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace std::chrono_literals;

namespace {

const instant start{1000h};

notification named(const char* name) {
  return {name, "{}"};
}

std::string started(outbox& box, instant now) {
  const auto* what = box.start(now);
  return what == nullptr ? std::string{} : what->event;
}

} // namespace

BOOST_AUTO_TEST_SUITE(notification_queue)

BOOST_AUTO_TEST_CASE(notifications_leave_in_their_order_one_at_a_time) {
  outbox box;
  box.add(named("a"), start);
  box.add(named("b"), start);
  BOOST_TEST(started(box, start) == "a");
  BOOST_TEST(started(box, start) == "");
  BOOST_TEST(box.waiting() == 2U);
  box.settle(true, start);
  BOOST_TEST(started(box, start) == "b");
  box.settle(true, start);
  BOOST_TEST(box.waiting() == 0U);
  BOOST_TEST(box.taken() == 2U);
}

BOOST_AUTO_TEST_CASE(failures_are_tried_again_after_growing_pauses) {
  outbox box;
  box.add(named("a"), start);
  auto now = start;
  // Two seconds, doubled each time, an hour at most.
  for (const auto pause :
       {2s, 4s, 8s, 16s, 32s, 64s, 128s, 256s, 512s, 1024s, 2048s, 3600s, 3600s, 3600s}) {
    BOOST_TEST(started(box, now) == "a");
    box.settle(false, now);
    BOOST_TEST(started(box, now + pause - 1s) == "");
    now += pause;
  }
  BOOST_TEST(box.refused() == 14U);
}

BOOST_AUTO_TEST_CASE(a_failure_lets_others_pass) {
  outbox box;
  box.add(named("a"), start);
  box.add(named("b"), start);
  started(box, start);
  box.settle(false, start);
  BOOST_TEST(started(box, start) == "b");
  box.settle(true, start);
  BOOST_TEST(started(box, start + 2s) == "a");
}

BOOST_AUTO_TEST_CASE(nothing_is_tried_for_longer_than_a_week) {
  outbox box;
  box.add(named("a"), start);
  started(box, start + 167h);
  box.settle(false, start + 167h);
  BOOST_TEST(box.waiting() == 1U);
  started(box, start + 168h);
  box.settle(false, start + 168h);
  BOOST_TEST(box.waiting() == 0U);
}

BOOST_AUTO_TEST_CASE(clearing_forgets_the_one_under_way_too) {
  outbox box;
  box.add(named("a"), start);
  box.add(named("b"), start);
  started(box, start);
  box.clear();
  box.settle(false, start);
  BOOST_TEST(box.waiting() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
