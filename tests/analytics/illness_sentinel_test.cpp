// Goal: the sentinel names what moves several signals together and lasts, and nothing else. Method:
// NumPy's verdicts night by night, courses with known answers, and properties. How often it errs
// is measured by tests/simulation.
#define BOOST_TEST_DYN_LINK
#include "analytics/illness_sentinel.hpp"
#include "tests/analytics/golden.hpp"
#include "tests/analytics/series.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <functional>
#include <random>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing;

namespace {

constexpr unsigned seed = 20261123;
constexpr std::array<double, signal_count> usual{52.0, 4.0, 14.5, 34.2};
constexpr std::array<double, signal_count> deviation{2.0, 0.14, 0.4, 0.3};

bool is_near(double value, double expected) {
  return std::abs(value - expected) <= 1e-9 * std::max(1.0, std::abs(expected));
}

std::optional<double> number_in(const std::string& word) {
  return word == "-" ? std::nullopt : std::optional{parse(word)};
}

void check_golden(const golden_line& line) {
  illness_sentinel sentinel;
  for (std::size_t night = 0; night * 5 < line.given.size(); ++night) {
    const auto* words = &line.given[night * 5];
    overnight seen{.day = date{days{static_cast<int>(parse(words[0]))}}, .signals = {}};
    for (std::size_t index = 0; index < signal_count; ++index)
      seen.signals[index] = number_in(words[1 + index]);
    if (seen.signals[1])
      seen.signals[1] = std::log(*seen.signals[1]);
    sentinel.see(seen);
    const auto expected = number_in(line.expected[2 * night + 1]);
    const auto& evidence = sentinel.last_evidence().evidence;
    BOOST_TEST_CONTEXT("night " << night) {
      BOOST_TEST(to_string(sentinel.state()) == line.expected[2 * night]);
      BOOST_TEST(evidence.has_value() == expected.has_value());
      if (evidence && expected)
        BOOST_TEST(is_near(*evidence, *expected), *evidence << " instead of " << *expected);
    }
  }
}

/// How far each signal has moved on a night, in deviations.
using course = std::function<double(std::size_t signal, int night)>;

/// In these nights nothing but the course moves the signals, so that a test knows the answer.
bool is_quiet(int night) {
  return night >= 60 && night < 75;
}

/// `count` nights until `today`.
std::vector<overnight> nights_of(int count, const course& moved, std::size_t signals = signal_count,
                                 unsigned from = seed) {
  std::mt19937 random{from};
  std::normal_distribution<double> normal;
  std::vector<overnight> nights;
  for (int night = 0; night < count; ++night) {
    overnight made{.day = today - days{count - 1 - night}, .signals = {}};
    for (std::size_t index = 0; index < signal_count; ++index) {
      const double noise = normal(random);
      const double stray = (is_quiet(night) ? 0.0 : noise) + moved(index, night);
      if (index < signals)
        made.signals[index]
            = usual[index] + traits_of(overnight_signal{index}).sign * deviation[index] * stray;
    }
    nights.push_back(made);
  }
  return nights;
}

double healthy(std::size_t, int) {
  return 0;
}

illness_sentinel after(const std::vector<overnight>& nights) {
  illness_sentinel sentinel;
  for (const auto& night : nights)
    sentinel.see(night);
  return sentinel;
}

illness_state state_after(const std::vector<overnight>& nights) {
  return after(nights).state();
}

/// All signals by `size` from night 60 on, for `length` nights.
course ill_for(int length, double size = 6) {
  return [=](std::size_t, int night) { return night >= 60 && night < 60 + length ? size : 0.0; };
}

/// Of all four signals; independent noise of them strays by half a deviation together, so this is
/// evidence of about 3.5.
constexpr double mild_size = 1.75;

} // namespace

BOOST_AUTO_TEST_SUITE(sentinel)

BOOST_AUTO_TEST_CASE(equals_numpy) {
  const auto lines = golden_lines("alarm_vectors.txt", "illness");
  for (std::size_t index = 0; index < lines.size(); ++index)
    BOOST_TEST_CONTEXT("line " << index + 1)
  check_golden(lines[index]);
  // As many as the script writes; a missing or cut file must not pass.
  BOOST_TEST(lines.size() == 30u);
}

BOOST_AUTO_TEST_CASE(learns_for_four_weeks) {
  BOOST_TEST((state_after(nights_of(26, healthy)) == illness_state::learning));
  BOOST_TEST(!after(nights_of(26, healthy)).last_evidence().evidence.has_value());
  BOOST_TEST((state_after(nights_of(32, healthy)) != illness_state::learning));
}

BOOST_AUTO_TEST_CASE(every_third_night_is_enough_in_the_end) {
  auto nights = nights_of(90, healthy);
  for (std::size_t night = 0; night < nights.size(); ++night)
    nights[night].day = today - days{3 * static_cast<int>(nights.size() - 1 - night)};
  BOOST_TEST((state_after(nights) != illness_state::learning));
}

// The recharge is not made any more, and only the skin is measured.
BOOST_AUTO_TEST_CASE(nobody_is_called_well_by_nights_that_tell_nothing) {
  auto nights = nights_of(100, ill_for(1, mild_size));
  for (std::size_t night = 61; night < nights.size(); ++night)
    nights[night].signals[0] = nights[night].signals[1] = nights[night].signals[2] = std::nullopt;
  const auto some_nights = [&](std::ptrdiff_t count) {
    return state_after({nights.begin(), nights.begin() + count});
  };
  BOOST_TEST((some_nights(61) == illness_state::suspected));
  BOOST_TEST((some_nights(63) == illness_state::suspected));
  BOOST_TEST((some_nights(64) == illness_state::well));
  BOOST_TEST((some_nights(100) == illness_state::learning));
}

// Levels fade while an illness is not learned from; its end must still be seen.
BOOST_AUTO_TEST_CASE(an_illness_of_the_first_weeks_ends) {
  const auto early = [](int count) {
    return nights_of(count, [](std::size_t, int night) {
      return night >= 31 && night < 35 ? 8.0 : 0.0;
    });
  };
  BOOST_TEST((state_after(early(33)) == illness_state::ill));
  BOOST_TEST((state_after(early(42)) != illness_state::ill));
  BOOST_TEST((state_after(early(42)) != illness_state::learning));
}

BOOST_AUTO_TEST_CASE(one_very_unusual_night_is_an_alarm) {
  const auto sentinel = after(nights_of(61, ill_for(1)));
  BOOST_TEST((sentinel.state() == illness_state::ill));
  BOOST_TEST((sentinel.since() == today));
  BOOST_TEST(sentinel.alarms_since(today - days{1}) == 1);
}

BOOST_AUTO_TEST_CASE(a_milder_one_needs_a_second_night) {
  const auto mild = ill_for(9, mild_size);
  const auto first = after(nights_of(61, mild));
  BOOST_TEST((first.state() == illness_state::suspected));
  BOOST_TEST(first.alarms_since(date{}) == 0);
  BOOST_TEST((state_after(nights_of(62, mild)) == illness_state::ill));
}

BOOST_AUTO_TEST_CASE(a_suspicion_does_not_wait_for_ever) {
  auto nights = nights_of(62, ill_for(9, mild_size));
  nights.back().day += days{2};
  BOOST_TEST((state_after(nights) == illness_state::suspected));
}

BOOST_AUTO_TEST_CASE(two_ordinary_nights_end_it) {
  BOOST_TEST((state_after(nights_of(64, ill_for(4))) == illness_state::ill));
  const auto recovering = after(nights_of(65, ill_for(4)));
  BOOST_TEST((recovering.state() == illness_state::recovering));
  BOOST_TEST((recovering.since() == today - days{4}));
  const auto well = after(nights_of(66, ill_for(4)));
  BOOST_TEST((well.state() == illness_state::well));
  BOOST_TEST((well.since() == today));
}

BOOST_AUTO_TEST_CASE(a_relapse_is_the_same_illness) {
  const auto course = [](std::size_t, int night) { return night >= 60 && night != 63 ? 6.0 : 0.0; };
  const auto sentinel = after(nights_of(66, course));
  BOOST_TEST((sentinel.state() == illness_state::ill));
  BOOST_TEST(sentinel.alarms_since(date{}) == 1);
}

BOOST_AUTO_TEST_CASE(what_lasts_is_a_new_normal) {
  const auto course = ill_for(1000);
  BOOST_TEST((state_after(nights_of(81, course)) == illness_state::ill));
  BOOST_TEST((state_after(nights_of(83, course)) == illness_state::learning));
  const auto later = after(nights_of(140, course));
  BOOST_TEST((later.state() != illness_state::learning));
  BOOST_TEST(later.alarms_since(date{}) == 1);
}

BOOST_AUTO_TEST_CASE(an_illness_does_not_become_usual) {
  const auto learned_from = [](const std::vector<overnight>& nights) {
    illness_sentinel sentinel{{}, lesson_keeping::all};
    for (const auto& night : nights)
      sentinel.see(night);
    return sentinel.lessons().size();
  };
  BOOST_TEST(learned_from(nights_of(60, healthy)) == 60u);
  BOOST_TEST(learned_from(nights_of(64, ill_for(4))) == 60u);
  BOOST_TEST(after(nights_of(60, healthy)).lessons().empty());
}

BOOST_AUTO_TEST_CASE(one_signal_alone_is_no_alarm) {
  for (const std::size_t signals : {2u, 3u, 4u})
    for (std::size_t only = 0; only < signals; ++only) {
      const auto course = [only](std::size_t signal, int night) {
        return signal == only && night >= 60 ? 40.0 : 0.0;
      };
      for (const int count : {61, 62, 65})
        BOOST_TEST((state_after(nights_of(count, course, signals)) != illness_state::ill),
                   traits_of(overnight_signal{only}).name << " of " << signals << " after "
                                                          << count);
    }
}

// Where breathing is usually known, a night without it is not judged by the heart alone.
BOOST_AUTO_TEST_CASE(a_gap_in_the_breathing_does_not_make_the_heart_enough) {
  auto nights = nights_of(62, ill_for(9), 3);
  for (std::size_t night = 60; night < nights.size(); ++night)
    nights[night].signals[2] = std::nullopt;
  BOOST_TEST((state_after(nights) == illness_state::suspected));
}

BOOST_AUTO_TEST_CASE(the_heart_alone_is_no_alarm_where_breathing_is_known) {
  const auto course = [](std::size_t signal, int night) {
    return night >= 60 && signal < 2 ? 4.0 : 0.0;
  };
  BOOST_TEST((state_after(nights_of(62, course)) == illness_state::suspected));
  BOOST_TEST((state_after(nights_of(62, course, 2)) == illness_state::ill));
}

BOOST_AUTO_TEST_CASE(the_other_direction_is_no_illness) {
  BOOST_TEST((state_after(nights_of(62, ill_for(9, -6))) == illness_state::well));
}

BOOST_AUTO_TEST_CASE(one_signal_is_not_enough_to_learn_from) {
  BOOST_TEST((state_after(nights_of(200, healthy, 1)) == illness_state::learning));
}

// Evidence of 4.8 is an alarm within the budget, and 5.85 is needed beyond it.
BOOST_AUTO_TEST_CASE(beyond_the_budget_alarms_are_harder_but_a_strong_illness_is_named) {
  sentinel_settings settings;
  settings.alarm_budget_per_year = 0;
  const auto is_named = [&](double size) {
    illness_sentinel frugal{settings};
    illness_sentinel generous;
    for (const auto& night : nights_of(61, ill_for(1, size))) {
      frugal.see(night);
      generous.see(night);
    }
    BOOST_TEST((generous.state() == illness_state::ill));
    return frugal.state() == illness_state::ill;
  };
  BOOST_TEST(!is_named(2.4));
  BOOST_TEST(is_named(6));
}

BOOST_AUTO_TEST_CASE(another_body_gets_the_same_verdicts) {
  BOOST_TEST_MESSAGE("seed " << seed);
  for (unsigned round = 0; round < 20; ++round) {
    auto nights = nights_of(90, ill_for(6, 2), signal_count, seed + round);
    const auto before = after(nights);
    for (auto& night : nights) {
      night.day += days{1000};
      for (std::size_t index = 0; index < signal_count; ++index)
        *night.signals[index] = 3 * *night.signals[index] + 7;
    }
    const auto other = after(nights);
    BOOST_TEST((other.state() == before.state()));
    BOOST_TEST(is_near(*other.last_evidence().evidence, *before.last_evidence().evidence));
  }
}

BOOST_AUTO_TEST_CASE(nights_come_from_the_window) {
  analytics_window window;
  window.resting_heart_rate_bpm = ending(today, {50, 51, 52});
  window.hrv_rmssd_ms = {{today, std::exp(4.0)}};
  window.breaths_per_minute = {{today - days{3}, 14.5}};
  window.skin_temperature_celsius = {{today - days{1}, 34.0}, {today + days{1}, 35.0}};
  const auto nights = overnights_of(window, today);
  BOOST_TEST_REQUIRE(nights.size() == 4u);
  BOOST_TEST((nights[0].day == today - days{3}));
  BOOST_TEST(nights[0].signals[2].value() == 14.5);
  BOOST_TEST(!nights[0].signals[0].has_value());
  BOOST_TEST(nights[2].signals[0].value() == 51.0);
  BOOST_TEST(nights[2].signals[3].value() == 34.0);
  BOOST_TEST(is_near(nights[3].signals[1].value(), 4.0));
  // What is too old to matter is left out.
  BOOST_TEST(overnights_of(window, today + sentinel_reach + days{1}).empty());
}

BOOST_AUTO_TEST_CASE(an_old_night_says_nothing) {
  const auto nights = nights_of(61, ill_for(9));
  const auto newest = watch_nights(nights, today);
  BOOST_TEST((newest.standing.state == illness_state::ill));
  BOOST_TEST((newest.standing.as_of == today));
  BOOST_TEST(newest.standing.alarms_last_year == 1);
  BOOST_TEST(newest.standing.heart_rate_bpm->deviation > 3.0);
  BOOST_TEST(newest.standing.hrv_ln->value < newest.standing.hrv_ln->usual);
  BOOST_TEST((watch_nights(nights, today + days{3}).standing == newest.standing));
  BOOST_TEST((watch_nights(nights, today + days{4}).standing == illness_standing{}));
  BOOST_TEST((watch_nights({}, today).standing == illness_standing{}));
}

BOOST_AUTO_TEST_CASE(the_heart_is_strained_in_an_illness) {
  const auto report = watch_nights(nights_of(62, ill_for(9, 2)), today);
  BOOST_TEST((report.heart_strains.back().day == today));
  BOOST_TEST(report.heart_strains.back().value > 1.0);
  BOOST_TEST(std::abs(report.heart_strains.front().value) < 2.0);
  BOOST_TEST(watch_nights(nights_of(62, healthy, 1), today).heart_strains.empty());
}

BOOST_AUTO_TEST_SUITE_END()
