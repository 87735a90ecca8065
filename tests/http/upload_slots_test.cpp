// Goal: uploads are few at a time, and a place that was taken is freed however the upload ends.
// Method: places by hand.
#define BOOST_TEST_DYN_LINK
#include "http/upload_slots.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace polar_flow::http;
using verdict = upload_slots::verdict;

BOOST_AUTO_TEST_SUITE(upload_places)

BOOST_AUTO_TEST_CASE(one_per_user) {
  const auto slots = std::make_shared<upload_slots>();
  upload_slots::slot first;
  upload_slots::slot second;
  BOOST_TEST((slots->take("1", first) == verdict::taken));
  BOOST_TEST((slots->take("1", second) == verdict::user_is_uploading));
  BOOST_TEST((slots->take("2", second) == verdict::taken));
  first = {};
  BOOST_TEST((slots->take("1", first) == verdict::taken));
}

BOOST_AUTO_TEST_CASE(few_at_a_time) {
  const auto slots = std::make_shared<upload_slots>();
  std::vector<upload_slots::slot> taken(uploads_max);
  for (std::size_t number = 0; number < uploads_max; ++number)
    BOOST_TEST((slots->take(std::to_string(number), taken[number]) == verdict::taken));
  upload_slots::slot one_more;
  BOOST_TEST((slots->take("another", one_more) == verdict::all_taken));
  taken.pop_back();
  BOOST_TEST((slots->take("another", one_more) == verdict::taken));
}

BOOST_AUTO_TEST_CASE(a_place_moves_and_is_freed_once) {
  const auto slots = std::make_shared<upload_slots>();
  upload_slots::slot other;
  {
    upload_slots::slot place;
    BOOST_TEST((slots->take("1", place) == verdict::taken));
    upload_slots::slot moved{std::move(place)};
    upload_slots::slot refused;
    BOOST_TEST((slots->take("1", refused) == verdict::user_is_uploading));
  }
  BOOST_TEST((slots->take("1", other) == verdict::taken));
}

BOOST_AUTO_TEST_SUITE_END()
