#define BOOST_TEST_DYN_LINK
#include "polar/flow_export/session_axis.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;
using boost::json::array;

namespace {

using values = std::vector<std::optional<double>>;

constexpr polar_flow::local_time start{sys_days{2024y / August / 3}.time_since_epoch()};

/// The values of the only series.
values only_series(polar::session_axis& axis) {
  auto all = axis.take();
  BOOST_REQUIRE(all.size() == 1);
  return std::move(all[0].values);
}

} // namespace

BOOST_AUTO_TEST_SUITE(export_session_axis)

BOOST_AUTO_TEST_CASE(exercises_follow_each_other_at_their_times) {
  polar::session_axis axis{start};
  axis.add_even(0, start, 1000ms, array{60, 61});
  axis.add_even(0, start + 3s + 400ms, 1000ms, array{70, nullptr, "NaN"});
  const auto all = axis.take();
  BOOST_REQUIRE(all.size() == 1);
  BOOST_TEST((all[0].recording_rate_s == 1));
  BOOST_TEST((all[0].values == values{60, 61, std::nullopt, 70, std::nullopt, std::nullopt}));
}

BOOST_AUTO_TEST_CASE(what_overlaps_follows_directly) {
  polar::session_axis axis{start};
  axis.add_even(0, start - 5s, 1000ms, array{60, 61, 62});
  axis.add_even(0, start + 2s, 1000ms, array{70});
  BOOST_TEST((only_series(axis) == values{60, 61, 62, 70}));
}

BOOST_AUTO_TEST_CASE(a_late_first_exercise_leaves_a_gap) {
  polar::session_axis axis{start};
  axis.add_even(1, start + 10s, 5000ms, array{60});
  BOOST_TEST((only_series(axis) == values{std::nullopt, std::nullopt, 60}));
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_left_out) {
  polar::session_axis axis{start};
  axis.add_even(0, start, 500ms, array{1});
  axis.add_even(1, start, 1500ms, array{1});
  axis.add_even(2, start, 0ms, array{1});
  axis.add_even(3, start, 1000ms, array{nullptr, "x"});
  axis.add_even(4, start, 1000ms, array{});
  axis.add_even(5, start + days{30}, 1000ms, array{1});
  BOOST_TEST(axis.take().empty());
  axis.add_even(0, start, 1000ms, array{60});
  axis.add_even(0, start + 2s, 2000ms, array{70});
  BOOST_TEST((only_series(axis) == values{60}));
}

BOOST_AUTO_TEST_CASE(values_with_times_find_their_place) {
  polar::session_axis axis{start};
  axis.add_timed(0, {{start, 60},
                     {start + 5s, std::nullopt},
                     {start + 10s + 10ms, 62},
                     {start + 25s, 65},
                     {start - 9s, 1}});
  const auto all = axis.take();
  BOOST_REQUIRE(all.size() == 1);
  BOOST_TEST((all[0].recording_rate_s == 5));
  BOOST_TEST((all[0].values == values{60, std::nullopt, 62, std::nullopt, std::nullopt, 65}));
}

BOOST_AUTO_TEST_CASE(a_single_value_and_close_values) {
  polar::session_axis axis{start};
  axis.add_timed(0, {{start + 2s, 60}});
  BOOST_TEST((only_series(axis) == values{std::nullopt, std::nullopt, 60}));
  axis.add_timed(0, {{start, 60}, {start + 200ms, 61}, {start + 1s, 62}});
  BOOST_TEST((only_series(axis) == values{61, 62}));
  axis.add_timed(0, {});
  BOOST_TEST(axis.take().empty());
}

BOOST_AUTO_TEST_CASE(series_have_an_end) {
  polar::session_axis axis{start};
  array many;
  for (int i = 0; i < 345'601; ++i)
    many.push_back(i);
  axis.add_even(0, start, 1000ms, many);
  axis.add_timed(1, {{start, 1}, {start + 1s, 2}, {start + days{4}, 3}});
  const auto all = axis.take();
  BOOST_TEST(all.at(0).values.size() == 345'600u);
  BOOST_TEST(all.at(1).values.size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
