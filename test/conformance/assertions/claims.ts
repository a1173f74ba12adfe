/**
 * Which assertions of OGC's own suites the services claim to fulfil, and why not those that they do not. Each that is
 * claimed has a test of that name under a `describe` that names the suite; `npm run conformance` runs them and writes
 * docs/conformance.md from the results. The names are facts of the suites (github.com/opengeospatial); assertions that
 * only call others are left out.
 */
export interface Suite {
  /** As the tests name it. */
  readonly id: string;
  readonly title: string;
  /** The revision of the suite from which the names come. */
  readonly revision: string;
  /** Assertions by the file or class of the suite; `group` + `separator` + name is the whole name. */
  readonly claimed: Readonly<Record<string, readonly string[]>>;
  readonly separator: ':' | '.';
  readonly notClaimed: readonly { readonly assertions: readonly string[]; readonly because: string }[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const LISTING = words(`TypeProperty FeaturesProperty Links TimeStamp NumberMatched`);
const listing = (prefix: string) => LISTING.map((each) => `${prefix}_${each}`);

export const SUITES: readonly Suite[] = [
  {
    id: 'ets-wms13',
    title: 'WMS 1.3.0',
    revision: '9a45b91 (2025-03-04)',
    separator: ':',
    claimed: {
      basic:
        words(`gif-or-png bbox-exponential bbox-pixel-interpretation no-bgcolor blue-bgcolor transparent-true
        layer-order aspect-ratio`),
      basic_elements:
        words(`extra-GetCapabilities-param extra-GetMap-param extra-GetFeatureInfo-param param-rules
        escaped-chars escaped-space negotiate-no-version negotiate-basic_elements-version negotiate-higher-version
        negotiate-lower-version`),
      getcapabilities: words(`each-format no-format invalid-format updatesequence-current
        updatesequence-lower updatesequence-higher xml-validation
        capability-onlineresource capability-xml-getcapabilities-format capability-xml-exception-format resource-format
        resource-size bbox-crs-advertised bbox-present bbox-distinct-crs crs-auto2-declarations crs-present
        crs-for-all-layers dataurls ex_geobbox-present ex_geobbox-coordinates featurelisturls authorityurl-unique
        identifier-matches-authorityurl metadataurls style-unique style-legendurls style-stylesheeturls style-styleurls
        dims-time dims-no-redeclarations layer-extents`),
      getfeatureinfo:
        words(`exceptions-default exceptions-xml invalid-info_format each-info_format invalid-i invalid-j
        two-query_layers three-query_layers less-query_layers invalid-query_layers query_layers-not-queryable
        each-queryable-layer`),
      getmap: words(`bbox-direct bbox-below-scale bbox-above-scale bbox-minx-gt-maxx bbox-minx-eq-maxx
        bbox-miny-gt-maxy bbox-miny-eq-maxy bbox-no-overlap bbox-outside-crs crs-direct crs-inherited invalid-crs
        each-layer-crs-combination each-crs exceptions-default exceptions-xml exceptions-inimage-mime
        exceptions-blank-red exceptions-blank-transparent exceptions-blank-mime invalid-format each-format two-layers
        three-layers invalid-layer first-layer-invalid second-layer-invalid each-layer styles-direct two-styles
        three-styles invalid-style styles-default-single-layer styles-default-multiple-layers styles-default-commas
        styles-some-default first-style-invalid second-style-invalid each-style transparent-default transparent-false
        large-size small-size layerlimit no-version`),
      interactive: words('exceptions-inimage'),
      queryable: words('feature_count feature_count-default feature_count-1 getfeatureinfo-supported'),
      recommendations:
        words(`service-keywords service-contact-info png-getmap-format layer-abstracts layer-keywordlists
        layer-crs dims-no-whitespace dims-defaults`),
      time: words(`time-options-requirements time-each-instant time-interval time-interval-and-instant
        time-interval-list time-instant-list time-current-instant time-default time-and-other-layer`),
      vector_elevation:
        words(`vector_elevation geometry-low geometry-med geometry-high geometry-multiple-values
        geometry-nearest-value geometry-default-value geometry-and-other-layer`),
      raster_elevation:
        words(`raster_elevation terrain-low-range terrain-mid-range terrain-high-range terrain-low-and-high-ranges
        terrain-range-and-value terrain-value terrain-invalid terrain-default terrain-and-other-layer`),
    },
    notClaimed: [
      {
        assertions: words('updatesequence-ignored'),
        because: 'an updateSequence is told',
      },
      {
        assertions: words('recommendations:metadataurls'),
        because: 'groups of layers have no record of their own',
      },
      { assertions: words('logourls'), because: 'no logo is told' },
      { assertions: words('time-current-interval'), because: 'no interval ends with the word current' },
      {
        assertions: words('dims:missing-no-default time-missing-dim'),
        because: 'every dimension has a default',
      },
    ],
  },
  {
    id: 'ets-wfs20',
    title: 'WFS 2.0 and FES 2.0',
    revision: '6a0cafd (2025-02-10)',
    separator: '.',
    claimed: {
      SuitePreconditions: words('verifyServiceDescription serviceIsAvailable dataAreAvailable'),
      ServiceMetadataTests: words('capabilitiesDocIsXmlSchemaValid capabilitiesDocCorrespondsToWfsSimple'),
      BasicCapabilitiesTests: words('describesBasicWFS'),
      SimpleCapabilitiesTests: words(
        'getCapabilities_missingServiceParam getFullCapabilities getCapabilities_acceptVersions',
      ),
      DescribeFeatureTypeTests: words('describeAllFeatureTypes describeUnknownFeatureType'),
      ListStoredQueriesTests: words('listStoredQueries'),
      DescribeStoredQueriesTests: words('describeAllStoredQueries describeStoredQuery_GetFeatureById'),
      StoredQueryTests: words('unknownStoredQuery invokeGetFeatureByIdWithUnknownID invokeGetFeatureById'),
      StoredQueryManagement: words('supportedStoredQueryLanguages'),
      CreateStoredQueryTests: words(
        'createGetFeatureByTypeName createStoredQueryWithUnsupportedQueryLanguage duplicateQuery',
      ),
      DropStoredQueryTests: words('dropStoredQuery dropNonexistentQuery'),
      BasicGetFeatureTests: words('getFeaturesByType getFeatureInOtherCRS getFeatureInUnsupportedCRS'),
      GetPropertyValueTests: words('getProperty_gmlId getProperty_emptyValueRef'),
      ComparisonOperatorTests: words(`propertyIsLessThan_matchAny propertyIsLessThan_matchAll
        propertyIsGreaterThan_matchAny propertyIsGreaterThanEqualTo_matchAny propertyIsLessThanEqualTo_matchAny
        invalidPropertyReference invalidOperand_boundedBy`),
      PropertyIsEqualToOperatorTests: words(
        'propertyIsEqualTo_caseSensitive propertyIsNotEqualTo_caseSensitive',
      ),
      PropertyIsLikeOperatorTests: words('propertyIsLike propertyIsNotLike'),
      PropertyIsNilOperatorTests: words('propertyIsNil'),
      PropertyIsNullOperatorTests: words('gmlNameIsNull propertyIsNotNull'),
      ResourceIdFilterTests: words(
        'twoValidFeatureIdentifiers unknownFeatureIdentifier inconsistentFeatureIdentifierAndType',
      ),
      BBOXTests: words('nonSpecificBBOX bboxWithDefaultExtent invalidGeometryOperand'),
      IntersectsTests: words('intersectsPolygon intersectsCurve'),
      AfterTests: words('afterInstant afterInstantWithOffset afterPeriod'),
      BeforeTests: words('beforePeriod'),
      DuringTests: words('duringPeriod'),
      PagingTests: words('getFeatureWithHitsOnly traverseResultSetInBothDirections'),
      TransactionCapabilitiesTests: words('capabilitiesDescribesTransactionalWFS'),
      InsertTests: words('insertSupportedFeature insertInvalidFeature'),
      Update: words('updateGMLName updateSimplePropertyValue updateBoundedByWithKMLPoint'),
      ReplaceTests: words('replaceFeature'),
      DeleteTests: words('deleteFeature'),
      LockingCapabilitiesTests: words('capabilitiesDescribesLockingWFS'),
      LockFeatureTests: words(
        'lockFeatureAndAttemptDelete lockFeatureAlreadyLocked lockAllFeaturesByType lockFeatureWithLockIdAndQuery',
      ),
      GetFeatureWithLockTests: words('lockQueryResults_hits lockAllQueryResults_20Seconds lockSomeFeatures'),
    },
    notClaimed: [
      { assertions: words('joinWithIntersects'), because: 'ImplementsSpatialJoins is FALSE' },
      {
        assertions:
          words(`firstVersionHasNoPredecessor updatedVersionHasSupersededPredecessor updateSupersededVersion
          replacementVersionHasNoSuccessor deletedFeatureIsRetired`),
        because: 'ImplementsFeatureVersioning is FALSE; history is read by moment',
      },
    ],
  },
  {
    id: 'ets-ogcapi-features10',
    title: 'OGC API – Features 1.0, Parts 1 and 2',
    revision: 'a314c1e (2025-02-06)',
    separator: '.',
    claimed: {
      GeneralHttp: words('http'),
      LandingPage: words('landingPageRetrieval landingPageValidation'),
      ApiDefinition: words('openapiDocumentRetrieval apiDefinitionValidation'),
      Conformance: words('validateConformanceOperationAndResponse'),
      FeatureCollections: [
        'validateFeatureCollectionsMetadataOperation',
        ...words('Links Items CrsProperty Content').map(
          (each) => `validateFeatureCollectionsMetadataOperationResponse_${each}`,
        ),
      ],
      FeatureCollection: words(
        'validateFeatureCollectionMetadataOperation validateFeatureCollectionMetadataResponse',
      ),
      Features: [
        'validateFeaturesOperation',
        ...['GeometryInCRS84', ...LISTING, 'NumberReturned'].map(
          (each) => `validateFeaturesResponse_${each}`,
        ),
      ],
      FeaturesBBox: [
        ...words(`boundingBoxParameterDefinition validateFeaturesWithBoundingBoxOperation
          validateFeaturesWithBoundingBoxResponse validateFeaturesResponse_GeometryInCRS84
          validateFeaturesResponse_NumberReturned`),
        ...listing('validateFeaturesWithBoundingBoxResponse'),
      ],
      FeaturesLimit: [
        ...words(`limitParameterDefinition validateFeaturesWithLimitOperation validateFeaturesWithLimitResponse
          validateFeaturesWithLimitResponse_GeometryInCRS84 validateFeaturesResponse_NumberReturned`),
        ...listing('validateFeaturesWithLimitResponse'),
      ],
      FeaturesTime: [
        ...words(`timeParameterDefinition validateFeaturesWithDateTimeOperation validateFeaturesWithDateTimeResponse
          validateFeaturesWithDateTimeResponse_GeometryInCRS84 validateFeaturesResponse_NumberReturned`),
        ...listing('validateFeaturesWithDateTimeResponse'),
      ],
      FeaturesErrorConditions: words(
        'validateFeaturesOperation_QueryParamInvalid validateFeaturesOperation_QueryParamUnknown',
      ),
      Feature: words('featureOperation validateFeatureResponse'),
      CrsRequirementClassPrecondition: words('verifyConformanceClass'),
      DiscoveryCollectionCrsUri: words(
        'verifyCollectionCrsIdentifierOfCrsProperty verifyCollectionCrsIdentifierOfStorageCrsProperty',
      ),
      DiscoveryCollectionDefaultCrs: words('verifyCollectionCrsIdentifierOfCrsProperty'),
      DiscoveryCollectionStorageCrs: words('verifyCollectionCrsIdentifierOfCrsProperty'),
      DiscoveryCollectionsCrsUri: words(`verifyCollectionsCrsIdentifierOfCrsProperty
        verifyCollectionsCrsIdentifierOfStorageCrs verifyCollectionsCollectionCrsIdentifierOfCrsProperty
        verifyCollectionsCollectionCrsIdentifierOfStorageCrs`),
      DiscoveryCollectionsDefaultCrs: words('verifyCollectionsPathCollectionCrsPropertyContainsDefaultCrs'),
      DiscoveryCollectionsStorageCrs: words('verifyCollectionsPathCollectionCrsPropertyContainsStorageCrs'),
      BBoxCrsParameter: words('verifyBboxCrsParameterWithDefaultCrs verifyBboxCrsParameter'),
      BBoxCrsParameterDefault: words('verifyBboxCrsParameterDefault'),
      BBoxCrsParameterInvalid: words('verifyBboxCrsParameterInvalid'),
      FeatureCrsParameter: words('verifyFeatureCrsParameter'),
      FeatureCrsParameterDefault: words('verifyFeatureCrsParameterDefault'),
      FeatureCrsParameterInvalid: words('verifyFeatureCrsParameterInvalid'),
      FeatureCrsParameterTransform: words(
        'verifyFeatureCrsParameterTransformWithCrsParameter verifyFeatureCrsParameterTransformWithoutCrsParameter',
      ),
      FeaturesCrsParameter: words('verifyFeaturesCrsParameter'),
      FeaturesCrsParameterDefault: words('verifyFeaturesCrsParameterDefault'),
      FeaturesCrsParameterInvalid: words('verifyFeaturesCrsParameterInvalid'),
      FeaturesCrsParameterTransform: words(
        'verifyFeaturesCrsParameterTransformWithoutCrsParameter verifyFeaturesCrsParameterTransformWithCrsParameter',
      ),
    },
    notClaimed: [],
  },
];

/** Whole names of what a suite's claims are. */
export const claimsOf = ({ claimed, separator }: Suite): readonly string[] =>
  Object.entries(claimed).flatMap(([group, names]) => names.map((name) => `${group}${separator}${name}`));

/** Whole names in the title of a test or in its brackets, `getmap:a, b` being `getmap:a` and `getmap:b`. */
export function namesIn(title: string): readonly string[] {
  let group = '';
  const names = /\(([A-Za-z_]+[:.][^)]*)\)/.exec(title)?.[1] ?? title;
  return names.split(', ').map((piece) => {
    const cut = piece.search(/[:.]/) + 1;
    if (cut > 0) group = piece.slice(0, cut);
    return cut > 0 ? piece : group + piece;
  });
}
