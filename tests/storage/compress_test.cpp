#define BOOST_TEST_DYN_LINK
#include "storage/compress.hpp"

#include <boost/test/unit_test.hpp>

namespace polar_flow::storage {

BOOST_AUTO_TEST_SUITE(compression)

BOOST_AUTO_TEST_CASE(bytes_survive) {
  std::string large;
  for (int i = 0; i < 100'000; ++i)
    large += "{\"heart_rate\":" + std::to_string(i % 90 + 40) + "},";
  for (const auto& bytes : {std::string{}, std::string{"x"}, std::string(3, '\0'), large}) {
    const auto frame = compress(bytes);
    BOOST_REQUIRE(frame.has_value());
    BOOST_TEST((decompress(*frame, bytes.size()) == bytes));
  }
  // The recorded answers shrink about tenfold; this regular one must at least do that.
  BOOST_TEST(compress(large)->size() * 10 < large.size());
}

BOOST_AUTO_TEST_CASE(damage_and_excess_are_refused) {
  const auto frame = compress(std::string(1000, 'a'));
  BOOST_REQUIRE(frame.has_value());
  BOOST_TEST(!decompress("not a frame", 1000).has_value());
  BOOST_TEST(!decompress("", 1000).has_value());
  BOOST_TEST(!decompress(frame->substr(0, frame->size() - 1), 1000).has_value());
  BOOST_TEST(!decompress(*frame, 999).has_value());
  BOOST_TEST(decompress(*frame, 1000).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
