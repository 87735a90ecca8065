#define BOOST_TEST_DYN_LINK
#include "storage/cluster_keeper.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <future>

namespace polar_flow::storage {

BOOST_AUTO_TEST_SUITE(cluster_keepers)

BOOST_AUTO_TEST_CASE(starts_what_has_ended_once) {
  std::atomic<bool> has_ended = true;
  std::promise<void> looked_again;
  {
    const cluster_keeper keeper{{.has_ended =
                                     [&, looks = 0]() mutable {
                                       if (++looks == 2)
                                         looked_again.set_value();
                                       return has_ended.load();
                                     },
                                 .start =
                                     [&](const std::stop_token&) -> result<void> {
                                       BOOST_TEST(has_ended.exchange(false));
                                       return {};
                                     }}};
    looked_again.get_future().wait();
  }
  BOOST_TEST(!has_ended.load());
}

BOOST_AUTO_TEST_CASE(the_end_breaks_off_a_start_and_the_pause_after_a_failure) {
  std::promise<void> begun;
  {
    const cluster_keeper keeper{
        {.has_ended = [] { return true; },
         .start =
             [&](const std::stop_token& stopping) -> result<void> {
               begun.set_value();
               while (!stopping.stop_requested())
                 std::this_thread::yield();
               return fail(errc::shutting_down, "broken off");
             }}};
    begun.get_future().wait();
  }
  std::promise<void> failed;
  const cluster_keeper keeper{{.has_ended = [] { return true; },
                               .start =
                                   [&](const std::stop_token&) -> result<void> {
                                     failed.set_value();
                                     return fail(errc::storage_failed, "no");
                                   }}};
  failed.get_future().wait();
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
