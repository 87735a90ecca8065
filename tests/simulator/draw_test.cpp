#define BOOST_TEST_DYN_LINK
#include "simulator/draw.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>

using namespace polar_flow::simulator;

BOOST_AUTO_TEST_SUITE(random_draws)

BOOST_AUTO_TEST_CASE(same_question_same_numbers) {
  draw one{1, 20000, topic::training};
  draw same{1, 20000, topic::training};
  draw next_day{1, 20001, topic::training};
  draw other_topic{1, 20000, topic::movement};
  draw other_seed{2, 20000, topic::training};
  const auto value = one.bits();
  BOOST_TEST(value == same.bits());
  BOOST_TEST(value != next_day.bits());
  BOOST_TEST(value != other_topic.bits());
  BOOST_TEST(value != other_seed.bits());
}

BOOST_AUTO_TEST_CASE(distributions_have_their_moments) {
  // 100,000 draws with a fixed seed: the standard error of the means is 0.003 at most, so a
  // tolerance of 0.02 leaves no room for luck.
  constexpr int count = 100'000;
  draw numbers{99, 0, topic::profile};
  double uniform_sum = 0;
  double normal_sum = 0;
  double normal_squares = 0;
  int low = 0;
  int high = 0;
  for (int i = 0; i < count; ++i) {
    const double uniform = numbers.uniform();
    BOOST_REQUIRE(uniform >= 0.0 && uniform < 1.0);
    uniform_sum += uniform;
    const double normal = numbers.normal();
    BOOST_REQUIRE(std::abs(normal) <= 3.0);
    normal_sum += normal;
    normal_squares += normal * normal;
    const int die = numbers.integer(1, 6);
    BOOST_REQUIRE(die >= 1 && die <= 6);
    low += die == 1;
    high += die == 6;
  }
  BOOST_TEST(std::abs(uniform_sum / count - 0.5) < 0.02);
  BOOST_TEST(std::abs(normal_sum / count) < 0.02);
  BOOST_TEST(std::abs(normal_squares / count - 1.0) < 0.03);
  BOOST_TEST(std::abs(low * 6.0 / count - 1.0) < 0.05);
  BOOST_TEST(std::abs(high * 6.0 / count - 1.0) < 0.05);
}

BOOST_AUTO_TEST_SUITE_END()
